/// Text that people typed, made safe to show.
enum CleanText {
  /// The text with each control character replaced by U+FFFD, line feeds and tabs aside.
  ///
  /// A terminal obeys escape sequences, and HTML and CSV forbid most controls. Marks that turn the
  /// direction of writing go too: they can make a line read as something else. A carriage return
  /// before a line feed is dropped.
  static func clean(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      if isAfterReturn, scalar != "\n" { scalars.append("\u{FFFD}") }
      isAfterReturn = scalar == "\r"
      if isAfterReturn { continue }
      scalars.append(isForbidden(scalar) ? "\u{FFFD}" : scalar)
    }
    if isAfterReturn { scalars.append("\u{FFFD}") }
    return String(scalars)
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x202A...0x202E, 0x2066...0x2069: true
    case 0x2028, 0x2029, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
