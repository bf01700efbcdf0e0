/// A text that an operation may carry.
enum EditText {
  /// Gives a text back if it may be written.
  ///
  /// - Throws: If it is empty, longer than 8,192 bytes of UTF-8, or holds U+0000.
  static func checked(_ text: String, _ what: String) throws(EditError) -> String {
    if text.isEmpty { throw EditError(.emptyText, "The \(what) is empty. Give some words.") }
    let count = text.utf8.count
    if count > ValueRule.longestText {
      let message = """
        The \(what) has \(count) bytes, and at most \(ValueRule.longestText) fit. Shorten it, or put \
        the rest into a comment.
        """
      throw EditError(.textTooLong, message)
    }
    if text.utf8.contains(0) {
      throw EditError(.forbiddenCharacter, "The \(what) holds the character U+0000. Remove it.")
    }
    return text
  }

  /// Gives a text back if there is one and it may be written.
  static func checked(_ text: String?, _ what: String) throws(EditError) -> String? {
    guard let text else { return nil }
    return try checked(text, what) as String
  }
}
