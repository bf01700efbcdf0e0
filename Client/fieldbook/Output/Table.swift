/// Rows of text in columns that fit 80 characters.
///
/// Every column but the last is as wide as its widest cell; the last takes the rest and wraps under
/// itself.
struct Table {
  private var rows: [[String]] = []
  private let header: [String]?
  private let indent: Int
  private let numeric: Set<Int>

  /// Begins a table.
  ///
  /// - Parameters:
  ///   - header: The headings, if there are any.
  ///   - indent: How far it stands from the margin.
  ///   - numeric: The columns that are set flush right.
  init(_ header: [String]? = nil, indent: Int = 0, numeric: Set<Int> = []) {
    self.header = header
    self.indent = indent
    self.numeric = numeric
  }

  /// Whether it has no rows.
  var isEmpty: Bool { rows.isEmpty }

  /// Adds a row.
  mutating func add(_ cells: String...) { rows.append(cells.map(Printable.line)) }

  /// The table as lines.
  var text: String {
    let all = (header.map { [$0] } ?? []) + rows
    guard let columns = all.map(\.count).max() else { return "" }
    let widths = (0..<columns).map { column in
      all.map { $0.indices.contains(column) ? Printable.width($0[column]) : 0 }.max() ?? 0
    }
    return all.flatMap { lines(of: $0, widths: widths) }.joined(separator: "\n")
  }

  private func lines(of row: [String], widths: [Int]) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var start = margin
    for (column, cell) in row.enumerated().dropLast() {
      let space = String(repeating: " ", count: max(0, widths[column] - Printable.width(cell)))
      start += (numeric.contains(column) ? space + cell : cell + space) + "  "
    }
    let last = row.last ?? ""
    let used = Printable.width(start)
    let hanging = String(repeating: " ", count: used)
    return Wrap.lines(last, width: Wrap.columns - used).enumerated().map { index, line in
      let text = (index == 0 ? start : hanging) + line
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
  }
}
