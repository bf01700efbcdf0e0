import Convergence

/// A table like a store's: it keeps the values of a cell and forgets what was removed.
struct ForgetfulCells: CellTable {
  private(set) var values: [CellKey: [Sibling]] = [:]

  mutating func cell(for key: CellKey) -> Cell { Cell(siblings: values[key] ?? []) }

  mutating func replace(_ cell: Cell, for key: CellKey) { values[key] = cell.siblings }
}
