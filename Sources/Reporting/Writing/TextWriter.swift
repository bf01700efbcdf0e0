/// Writes blocks as plain text for a terminal or a mail.
///
/// Further lines of what people typed are indented, so that they cannot pass for lines of ours.
enum TextWriter {
  static func write(_ blocks: [Block]) -> String {
    blocks.map(write).joined(separator: "\n")
  }

  private static func write(_ block: Block) -> String {
    switch block {
    case .heading(let level, let text):
      let line = indented(text, by: 0)
      let length = line.unicodeScalars.count
      guard level < 4 else { return "\(line)\n" }
      return "\(line)\n\(String(repeating: level == 1 ? "=" : "-", count: length))\n"
    case .paragraph(let text):
      return "\(indented(text, by: 0))\n"
    case .facts(let facts):
      return facts.map { "\(indented($0.name, by: 0)): \(indented($0.value, by: 4))\n" }.joined()
    case .table(let table):
      var text = "\(indented(table.caption, by: 0)):\n"
      // Two columns read as words and their meaning.
      if table.columns.count == 2 {
        for row in table.rows {
          text += "* \(indented(row[0], by: 4)): \(indented(row[1], by: 4))\n"
        }
        return text
      }
      for row in table.rows {
        text += "* \(indented(row.first ?? "", by: 4))\n"
        for (column, cell) in zip(table.columns, row).dropFirst() where !cell.isEmpty {
          text += "    \(column): \(indented(cell, by: 8))\n"
        }
      }
      return text
    }
  }

  private static func indented(_ text: String, by width: Int) -> String {
    let lines = CleanText.clean(text).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.joined(separator: width == 0 ? " " : "\n" + String(repeating: " ", count: width))
  }
}
