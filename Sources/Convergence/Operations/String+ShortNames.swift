extension String {
  /// Whether two ASCII names are the same.
  ///
  /// Equality of strings goes through canonical equivalence as soon as the bytes of short ones
  /// differ. Most names that are compared differ in length, and that is seen at once.
  @inlinable
  package func isSame(as other: String) -> Bool {
    utf8.count == other.utf8.count && self == other
  }
}
