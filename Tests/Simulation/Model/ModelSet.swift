/// A set of small whole numbers, one bit each: which batches somebody had seen.
struct ModelSet: Hashable, Sendable {
  private var words: [UInt64] = []

  /// Whether a number is in the set.
  func contains(_ number: Int) -> Bool {
    let word = number / 64
    return word < words.count && words[word] & (1 << UInt64(number % 64)) != 0
  }

  /// Puts a number in.
  mutating func insert(_ number: Int) {
    let word = number / 64
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(number % 64)
  }

  /// Puts everything in that the other holds.
  mutating func formUnion(_ other: ModelSet) {
    while words.count < other.words.count { words.append(0) }
    for (index, word) in other.words.enumerated() { words[index] |= word }
  }
}
