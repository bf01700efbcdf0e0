/// Writes blocks as one self-contained HTML document: no script, no image, no address.
///
/// Everything that people typed is escaped. Tables have captions and headings of columns and rows;
/// nothing is said by colour alone.
enum HTMLWriter {
  static func write(_ blocks: [Block], title: String) -> String {
    var html = """
      <!DOCTYPE html>
      <html lang="en-GB">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" \
      content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(escape(title))</title>
      <style>
      \(style)
      </style>
      </head>
      <body>

      """
    html += navigation(blocks)
    html += "<main>\n"
    var sections = 0
    for block in blocks {
      switch block {
      case .heading(let level, let text):
        let anchor = level == 2 ? " id=\"section-\(sections + 1)\"" : ""
        if level == 2 { sections += 1 }
        html += "<h\(level)\(anchor)>\(escape(text))</h\(level)>\n"
      case .paragraph(let text):
        html += "<p>\(escape(text))</p>\n"
      case .facts(let facts):
        html += "<dl>\n"
        for fact in facts {
          html += "<dt>\(escape(fact.name))</dt><dd>\(escape(fact.value))</dd>\n"
        }
        html += "</dl>\n"
      case .table(let table):
        html += write(table)
      }
    }
    return html + "</main>\n</body>\n</html>\n"
  }

  /// Text as it may stand between tags and in attributes.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for scalar in CleanText.clean(text).unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func navigation(_ blocks: [Block]) -> String {
    let headings = blocks.compactMap { block -> String? in
      guard case .heading(2, let text) = block else { return nil }
      return text
    }
    let items = headings.enumerated().map { offset, text in
      "<li><a href=\"#section-\(offset + 1)\">\(escape(text))</a></li>\n"
    }
    return "<nav aria-label=\"Contents\">\n<ul>\n\(items.joined())</ul>\n</nav>\n"
  }

  private static func write(_ table: Block.Table) -> String {
    var html = "<table>\n<caption>\(escape(table.caption))</caption>\n<thead>\n<tr>"
    for column in table.columns { html += "<th scope=\"col\">\(escape(column))</th>" }
    html += "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows {
      html += "<tr>"
      for (index, cell) in row.enumerated() {
        html +=
          index == 0 ? "<th scope=\"row\">\(escape(cell))</th>" : "<td>\(escape(cell))</td>"
      }
      html += "</tr>\n"
    }
    return html + "</tbody>\n</table>\n"
  }

  private static let style = """
    body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
    table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
    caption { font-weight: bold; text-align: left; }
    th, td { border: 1px solid; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
    td, th, dd, p { overflow-wrap: anywhere; unicode-bidi: isolate; white-space: pre-line; }
    dt { font-weight: bold; }
    @media print { nav { display: none; } tr { break-inside: avoid; } }
    """
}
