/// Writes blocks as Markdown with tables (GitHub's flavour), everything that people typed escaped.
enum MarkdownWriter {
  static func write(_ blocks: [Block]) -> String {
    blocks.map(write).joined(separator: "\n")
  }

  private static func write(_ block: Block) -> String {
    switch block {
    case .heading(let level, let text):
      return "\(String(repeating: "#", count: level)) \(line(text))\n"
    case .paragraph(let text):
      return "\(line(text))\n"
    case .facts(let facts):
      return facts.map { "- **\(line($0.name)):** \(line($0.value))\n" }.joined()
    case .table(let table):
      var text = "**\(line(table.caption))**\n\n| "
      text += table.columns.map(line).joined(separator: " | ") + " |\n|"
      text += String(repeating: " --- |", count: table.columns.count) + "\n"
      for row in table.rows {
        text += "| " + row.map(line).joined(separator: " | ") + " |\n"
      }
      return text
    }
  }

  /// Text on one line, without anything that Markdown or HTML would read as more than text.
  static func line(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    var isAfterColon = false
    for scalar in CleanText.clean(text).unicodeScalars {
      // An address is made a link even without brackets; `\:` before `/` prevents it.
      if isAfterColon, scalar == "/" { line.insert("\\", at: line.index(before: line.endIndex)) }
      isAfterColon = scalar == ":"
      switch scalar {
      case "\n": line.append(contentsOf: "<br>".unicodeScalars)
      case "\t": line.append(" ")
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "#", "&", "$", "@":
        line.append("\\")
        line.append(scalar)
      case "." where String(line.suffix(3)).lowercased() == "www":
        line.append(contentsOf: "\\.".unicodeScalars)
      default: line.append(scalar)
      }
    }
    return String(line)
  }
}
