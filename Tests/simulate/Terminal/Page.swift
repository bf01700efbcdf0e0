/// Text for people, folded at 80 columns.
enum Page {
  /// Where the text of a row begins.
  private static let indent = 24

  /// A label and its text, which goes on under itself.
  static func row(_ label: String, _ text: String) -> String {
    let lines = fold(text, width: Terminal.columns - indent)
    let first = ("  " + label).padding(to: indent) + (lines.first ?? "")
    let rest = lines.dropFirst().map { String(repeating: " ", count: indent) + $0 }
    return ([first] + rest).joined(separator: "\n")
  }

  /// Text in lines of a width; a longer word stands in a line of its own.
  static func fold(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
