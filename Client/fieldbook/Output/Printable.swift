/// Makes text that others wrote fit to be printed.
///
/// A terminal obeys control characters: a comment that holds an escape sequence could clear the
/// screen or retype a line. Each one becomes a visible replacement instead. Marks that turn the
/// direction of writing go the same way, since they can make a line read as another.
enum Printable {
  /// The text with every control character but line feeds replaced.
  static func text(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnfit) else { return text }
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      safe.append(isUnfit(scalar) ? replacement(of: scalar) : scalar)
    }
    return String(safe)
  }

  /// The text on one line.
  static func line(_ text: String) -> String {
    String(self.text(text).map { $0.isNewline ? " " : $0 })
  }

  /// How many columns a terminal gives a text of one line.
  static func width(_ text: String) -> Int {
    text.reduce(0) { width, character in
      let first = character.unicodeScalars.first?.value ?? 0
      return width + (isWide(first) ? 2 : 1)
    }
  }

  /// Whether a scalar could steer a terminal or turn the direction of a line.
  static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  private static func replacement(of scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09: " "
    case 0x2028, 0x2029: "\n"
    default: "\u{FFFD}"
    }
  }

  /// The blocks that terminals print two columns wide (UAX 11, the ranges in common use).
  private static func isWide(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
