import Convergence

/// A table that fails at one call.
struct FailingCells: CellTable {
  struct Failure: Error, Hashable {
    let call: Int
  }

  /// Which call fails, from 1.
  let failingCall: Int
  private(set) var calls = 0
  private(set) var cells = MemoryCells()

  init(failingCall: Int) { self.failingCall = failingCall }

  mutating func cell(for key: CellKey) throws(Failure) -> Cell {
    try count()
    return cells[key]
  }

  mutating func replace(_ cell: Cell, for key: CellKey) throws(Failure) {
    try count()
    cells.replace(cell, for: key)
  }

  private mutating func count() throws(Failure) {
    calls += 1
    if calls == failingCall { throw Failure(call: calls) }
  }
}
