extension VersionVector {
  /// What is wrong with this value, or `nil`: streams strictly ascending, counters at least 1.
  ///
  /// - Complexity: O(*n*).
  package var brokenInvariant: String? {
    for (left, right) in zip(entries, entries.dropFirst()) where !(left.stream < right.stream) {
      return "streams are not strictly ascending: \(left.stream), \(right.stream)"
    }
    for entry in entries where entry.lastCounter < 1 {
      return "the counter of \(entry.stream) is \(entry.lastCounter)"
    }
    return nil
  }
}
