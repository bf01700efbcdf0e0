/// The one rule for names that stand in file names, addresses and record names.
enum CatalogueName {
  /// Whether this is 1 to 64 bytes of `a`–`z`, `0`–`9` and `-`.
  static func isPlain(_ text: some Collection<UInt8>) -> Bool {
    (1...64).contains(text.count) && text.allSatisfy(isPlain)
  }

  /// Whether this is two plain names with one `/` between them, 64 bytes at most.
  static func isPath(_ text: some Collection<UInt8>) -> Bool {
    let slash = UInt8(ascii: "/")
    let parts = text.split(separator: slash, omittingEmptySubsequences: false)
    return text.count <= 64 && parts.count == 2 && parts.allSatisfy { isPlain($0) }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
  }
}
