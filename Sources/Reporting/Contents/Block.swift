/// One piece of a document, the same for every form that it is written in.
enum Block: Hashable, Sendable {
  /// A heading of level 1 to 4.
  case heading(Int, String)

  /// A paragraph.
  case paragraph(String)

  /// Words and what they stand for.
  case facts([Fact])

  /// A table.
  case table(Table)

  /// Something and its value.
  struct Fact: Hashable, Sendable {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Rows under headings; the first cell of a row names it.
  struct Table: Hashable, Sendable {
    let caption: String
    let columns: [String]
    let rows: [[String]]

    /// Makes a table; columns in which no row says anything are left out, the first one aside.
    init(_ caption: String, columns: [String], rows: [[String]]) {
      let kept = columns.indices.filter { column in
        column == 0 || rows.contains { column < $0.count && !$0[column].isEmpty }
      }
      self.caption = caption
      self.columns = kept.map { columns[$0] }
      self.rows = rows.map { row in kept.map { $0 < row.count ? row[$0] : "" } }
    }
  }
}
