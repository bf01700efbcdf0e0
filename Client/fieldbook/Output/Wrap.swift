/// Breaks text into lines that fit, at spaces.
enum Wrap {
  /// The width that every page keeps to: 80 columns, or fewer where COLUMNS says so.
  static let columns = min(80, max(40, Environment["COLUMNS"].flatMap { Int($0) } ?? 80))

  /// The lines of a text; line feeds in it are kept.
  ///
  /// A word longer than a whole line is the only thing that is ever broken inside.
  static func lines(_ text: String, width: Int) -> [String] {
    let width = max(8, width)
    return Printable.text(text).split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { paragraph(String($0), width: width) }
  }

  /// The text indented, its lines joined.
  static func indented(_ text: String, by indent: Int, first: String? = nil) -> String {
    let margin = String(repeating: " ", count: indent)
    return lines(text, width: columns - indent).enumerated()
      .map { ($0.offset == 0 ? first ?? margin : margin) + $0.element }
      .joined(separator: "\n")
  }

  /// The lines of one paragraph; what it is indented by, its further lines are too.
  private static func paragraph(_ text: String, width: Int) -> [String] {
    let margin = String(text.prefix { $0 == " " }.prefix(width / 2))
    let room = width - margin.count
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").flatMap({ pieces(String($0), width: room) }) {
      if line.isEmpty {
        line = word
      } else if Printable.width(line) + 1 + Printable.width(word) <= room {
        line += " " + word
      } else {
        lines.append(margin + line)
        line = word
      }
    }
    return lines + [line.isEmpty ? "" : margin + line]
  }

  private static func pieces(_ word: String, width: Int) -> [String] {
    guard Printable.width(word) > width else { return [word] }
    var pieces: [String] = []
    var piece = ""
    for character in word {
      if Printable.width(piece) + Printable.width(String(character)) > width {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
    }
    return pieces + [piece]
  }
}
