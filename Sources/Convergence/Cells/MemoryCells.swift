/// Cells in memory.
public struct MemoryCells: CellTable, Hashable, Sendable {
  /// Every cell that was written.
  public private(set) var cells: [CellKey: Cell]

  /// No cells.
  public init() { cells = [:] }

  /// Cells as a store kept them.
  public init(_ cells: [CellKey: Cell]) { self.cells = cells }

  /// The keys in the order in which everything lists them.
  ///
  /// - Complexity: O(*n* log *n*).
  public var sortedKeys: [CellKey] {
    cells.keys.map { (text: $0.text, key: $0) }.sorted { $0.text < $1.text }.map(\.key)
  }

  /// The cell of a key; empty if nothing was written there.
  public subscript(key: CellKey) -> Cell { cells[key] ?? Cell() }

  /// The cell of a key; empty if nothing was written there.
  public mutating func cell(for key: CellKey) -> Cell { self[key] }

  /// Puts a cell in place of what stood there.
  public mutating func replace(_ cell: consuming Cell, for key: consuming CellKey) {
    cells.updateValue(cell, forKey: key)
  }

  /// Writes a value into a cell, over the dots named, in place.
  public mutating func write(_ sibling: consuming Sibling, over: [Dot], for key: CellKey) {
    cells[key, default: Cell()].write(sibling, over: over)
  }
}
