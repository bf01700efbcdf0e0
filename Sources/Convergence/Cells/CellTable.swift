/// The cells of one visit: in memory, or behind a database.
public protocol CellTable {
  /// What reading or writing a cell can fail with.
  associatedtype Failure: Error

  /// The cell of a key; empty if nothing was written there.
  mutating func cell(for key: CellKey) throws(Failure) -> Cell

  /// Puts a cell in place of what stood there.
  mutating func replace(_ cell: consuming Cell, for key: consuming CellKey) throws(Failure)

  /// Writes a value into a cell, over the dots named.
  mutating func write(
    _ sibling: consuming Sibling,
    over: [Dot],
    for key: CellKey
  ) throws(Failure)
}

extension CellTable {
  /// Writes a value into a cell, over the dots named: read, changed, put back.
  public mutating func write(
    _ sibling: consuming Sibling,
    over: [Dot],
    for key: CellKey
  ) throws(Failure) {
    var cell = try cell(for: key)
    cell.write(sibling, over: over)
    try replace(cell, for: key)
  }
}
