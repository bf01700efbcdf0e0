extension String {
  /// The text with spaces behind it, to a width in characters; longer texts stay as they are.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
