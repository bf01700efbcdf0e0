/// Writes rows as CSV (RFC 4180): lines end in CR LF, fields with commas, quotes or line ends stand
/// in quotes.
enum CSVWriter {
  static func write(_ rows: [[String]]) -> String {
    rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  /// One field.
  ///
  /// Programs that calculate take a field that begins with `=`, `+`, `-` or `@` for a formula, which
  /// could fetch or send anything. Such a field gets an apostrophe in front, which they show as
  /// text; so does one that begins with an apostrophe, so that nothing is ambiguous.
  static func field(_ text: String) -> String {
    var field = CleanText.clean(text)
    let first = field.unicodeScalars.first { !$0.properties.isWhitespace }
    if let first, dangerous.contains(first) || field.unicodeScalars.first == "\t" {
      field = "'" + field
    }
    let needsQuotes =
      field.unicodeScalars.contains { [",", "\"", "\n", ";", "\t"].contains($0) }
      || field.first?.isWhitespace ?? false || field.last?.isWhitespace ?? false
    if needsQuotes {
      var quoted = ""
      for scalar in field.unicodeScalars {
        if scalar == "\"" { quoted += "\"" }
        quoted.unicodeScalars.append(scalar)
      }
      return "\"\(quoted)\""
    }
    return field
  }

  /// The last four are full-width forms, which some programs read like the first four.
  private static let dangerous: [Unicode.Scalar] = [
    "=", "+", "-", "@", "'", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]
}
