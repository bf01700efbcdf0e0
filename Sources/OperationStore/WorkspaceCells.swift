import Convergence
import SyncProtocol

/// The cells of one visit behind the database: read when first asked for, written at the next flush.
struct WorkspaceCells: CellTable {
  let store: OperationStore
  var workspace: Workspace

  mutating func cell(for key: CellKey) throws(StoreError) -> Cell {
    if let cell = workspace.cells[key] { return cell }
    if workspace.holdsEveryCell { return Cell() }
    let cell = try store.storedCell(key, visit: workspace.row)
    workspace.cells[key] = cell
    return cell
  }

  mutating func replace(_ cell: Cell, for key: CellKey) throws(StoreError) {
    // What is applied in causal order need not remember what it wrote over.
    workspace.cells[key] = cell.superseded.isEmpty ? cell : Cell(siblings: cell.siblings)
    workspace.changedCells.insert(key)
  }

  mutating func write(
    _ sibling: Sibling,
    over: [Dot],
    for key: CellKey
  ) throws(StoreError) {
    var cell = try cell(for: key)
    workspace.cells[key] = nil
    cell.write(sibling, over: over)
    try replace(cell, for: key)
  }
}

extension OperationStore {
  /// Works on a visit in place.
  ///
  /// The workspace is taken out while it is worked on, so that its dictionaries are changed and not
  /// copied. Where the body throws it is gone, and the transaction rolls back.
  ///
  /// - Returns: What the body returns; `nil` if the store does not hold the visit.
  func withWorkspace<Result>(
    _ visit: VisitID,
    _ body: (inout WorkspaceCells) throws(StoreError) -> Result
  ) throws(StoreError) -> Result? {
    guard try workspace(visit) != nil, let taken = workspaces.removeValue(forKey: visit) else {
      return nil
    }
    var table = WorkspaceCells(store: self, workspace: taken)
    let result = try body(&table)
    workspaces[visit] = table.workspace
    return result
  }

  func storedCell(_ key: CellKey, visit row: Int64) throws(StoreError) -> Cell {
    var bytes: [UInt8] = []
    try database.rows(
      "SELECT siblings FROM cells WHERE visit = ?1 AND key = ?2",
      .int(row),
      .text(try stored(key))
    ) { (row) throws(StoreError) in bytes = row.blob(0) }
    return bytes.isEmpty ? Cell() : try cell(bytes)
  }
}
