public import Convergence
public import SyncProtocol

extension OperationStore {
  /// The cells of a visit, all of them.
  ///
  /// They stay at hand until another connection writes, so that a screen that reads them before
  /// every edit does not read the file each time.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  /// - Complexity: O(cells) the first time, then O(1).
  public func cells(of visit: VisitID) throws(StoreError) -> MemoryCells {
    try refresh()
    let workspace = try derived(visit)
    if workspace.holdsEveryCell { return MemoryCells(workspace.cells) }
    var cells: [CellKey: Cell] = [:]
    try database.rows(
      "SELECT key, siblings FROM cells WHERE visit = ?1",
      .int(workspace.row)
    ) { (row) throws(StoreError) in
      cells[try key(row.text(0))] = try cell(row.blob(1))
    }
    for key in workspace.changedCells {
      cells[key] = workspace.cells[key]
    }
    workspaces[visit]?.cells = cells
    workspaces[visit]?.holdsEveryCell = true
    return MemoryCells(cells)
  }

  /// The digest of a visit's state (section 6.4).
  ///
  /// Operations that are not sealed take part in the cells: seal before comparing.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  /// - Complexity: O(cells).
  public func stateDigest(of visit: VisitID) throws(StoreError) -> Hash256 {
    var uninterpreted: [StateDigest.Uninterpreted] = []
    for notice in try notices(of: visit) where notice.effect == .uninterpreted {
      uninterpreted.append(StateDigest.Uninterpreted(batch: notice.batch, index: notice.index))
    }
    return StateDigest.hash(of: try cells(of: visit), uninterpreted: uninterpreted)
  }

  /// An operation that has no effect.
  public struct Notice: Hashable, Sendable {
    /// The batch that holds it.
    public let batch: Hash256

    /// Its place in the batch, from 0.
    public let index: Int

    /// What it does instead.
    public let effect: Effect
  }

  /// The operations of a visit that have no effect, in the order of batch and place.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func notices(of visit: VisitID) throws(StoreError) -> [Notice] {
    let row = try derived(visit).row
    var notices: [Notice] = []
    try database.rows(
      "SELECT batch, item, effect FROM effects WHERE visit = ?1 ORDER BY batch, item",
      .int(row)
    ) { (row) throws(StoreError) in
      guard let batch = Hash256(bytes: row.blob(0)), let effect = Effect(word: row.text(2)) else {
        throw Self.damagedVisit
      }
      notices.append(Notice(batch: batch, index: Int(row.int(1)), effect: effect))
    }
    return notices
  }

  /// What the server's own operations say of a visit.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func authority(of visit: VisitID) throws(StoreError) -> Authority {
    try known(visit).authority
  }

  /// Everything that the store holds of a visit, stream by stream.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func vector(of visit: VisitID) throws(StoreError) -> VersionVector {
    try known(visit).vector
  }

  /// One operation of a visit's history.
  public struct HistoryEntry: Hashable, Sendable {
    /// What was done, by whom.
    public let operation: Operation

    /// Its causal height: whatever was seen stands lower.
    public let height: Int64

    /// What it does to the state; `nil` where the same operation stands elsewhere.
    public let effect: Effect?

    /// The batch that holds it; `nil` while it is not sealed.
    public let batch: Hash256?

    /// The clock of this store's owner when it came; `nil` while it is not sealed.
    public let received: Int64?
  }

  /// Everything that was done in a visit, by (height, replica, counter), with who had seen what.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  /// - Complexity: O(operations): it reads the whole log.
  public func history(
    of visit: VisitID
  ) throws(StoreError) -> (entries: [HistoryEntry], causality: Causality) {
    let workspace = try known(visit)
    let log = try log(visit: visit, row: workspace.row)
    let derivation = try derivation(of: log, row: workspace.row)
    var received: [Int64: Int64] = [:]
    for entry in log { received[entry.position] = entry.received }
    var entries = derivation.steps.map { step in
      HistoryEntry(
        operation: step.operation,
        height: step.height,
        effect: step.effect,
        batch: step.position == nil ? nil : step.batch,
        received: step.position.flatMap { received[$0] }
      )
    }
    entries.sort { ($0.height, $0.operation.dot) < ($1.height, $1.operation.dot) }
    return (entries, Causality(derivation))
  }
}
