public import Convergence
import SyncProtocol

extension OperationStore {
  /// Makes the cells of a visit anew from its log.
  ///
  /// The log is not touched. The result is the same as that of applying batches as they came: a
  /// test holds both against each other.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  /// - Complexity: O(operations of the visit).
  public func rederive(_ visit: VisitID) throws(StoreError) {
    _ = try known(visit)
    try withWorkspace(visit) { (table) throws(StoreError) in _ = try rederive(&table) }
  }

  @discardableResult
  func rederive(_ table: inout WorkspaceCells) throws(StoreError) -> Derivation {
    let row = table.workspace.row
    let log: [LogEntry]
    if let known = table.workspace.log {
      log = known
    } else {
      log = try self.log(visit: try visit(row), row: row)
    }
    table.workspace.log = log
    table.workspace.isDue = false
    let derivation = try derivation(of: log, row: row)
    for sql in ["DELETE FROM cells WHERE visit = ?1", "DELETE FROM effects WHERE visit = ?1"] {
      try database.run(sql, .int(row))
    }
    try database.run("DELETE FROM streams WHERE visit = ?1", .int(row))
    table.workspace.cells = derivation.cells.cells.mapValues { Cell(siblings: $0.siblings) }
    table.workspace.changedCells = Set(derivation.cells.cells.keys)
    table.workspace.heads = derivation.heads
    table.workspace.changedStreams = Set(derivation.heads.keys)
    table.workspace.authority = derivation.authority
    table.workspace.lost = derivation.chains.lost
    table.workspace.isChanged = true
    for step in derivation.steps where step.position != nil {
      try note(step.effect, of: step.batch, at: step.index, visit: row)
    }
    if derivation.chains.hasGaps { try setHeights(derivation, visit: row) }
    return derivation
  }

  /// Everything that follows from the log of a visit and what is not sealed.
  func derivation(of visit: VisitID, row: Int64) throws(StoreError) -> Derivation {
    try derivation(of: try log(visit: visit, row: row), row: row)
  }

  /// Everything that follows from a log that was read already.
  func derivation(of log: [LogEntry], row: Int64) throws(StoreError) -> Derivation {
    let open = try openOperations(visit: row).map { (open) throws(StoreError) in
      let operation = try operation(open)
      let content = open.was == nil ? nil : open.value(person: operation.person)
      return Derivation.Open(operation, name: open.was, content: content)
    }
    var people: [ReplicaID: PersonID] = [:]
    for entry in log where entry.batch.batch.hasMovedOperations {
      for stream in entry.batch.batch.who {
        people[stream.replica] = try self.entry(of: stream.replica)?.certificate.person
      }
    }
    return Derivation(log: log, open: open, meaning: meaning) { people[$0] }
  }

  /// The whole log of a visit, read again.
  func log(visit: VisitID, row: Int64) throws(StoreError) -> [LogEntry] {
    var entries: [LogEntry] = []
    try database.rows(
      """
      SELECT position, received, replica, hash, signature, line FROM batches
      WHERE visit = ?1 ORDER BY position
      """,
      .int(row)
    ) { (row) throws(StoreError) in entries.append(try logEntry(row)) }
    return entries
  }

  /// The batches of one replica in a visit, in the order of the log.
  func batches(
    of replica: ReplicaID,
    visit: VisitID,
    in workspace: Workspace
  ) throws(StoreError) -> [LogEntry] {
    guard let entry = try entry(of: replica) else { return [] }
    var entries: [LogEntry] = []
    try database.rows(
      """
      SELECT position, received, replica, hash, signature, line FROM batches
      WHERE visit = ?1 AND replica = ?2 ORDER BY first, position
      """,
      .int(workspace.row),
      .int(entry.row)
    ) { (row) throws(StoreError) in entries.append(try logEntry(row)) }
    return entries
  }

  func batch(at position: Int64, visit row: Int64) throws(StoreError) -> LogEntry {
    var found: LogEntry?
    try database.rows(
      """
      SELECT position, received, replica, hash, signature, line FROM batches
      WHERE visit = ?1 AND position = ?2
      """,
      .int(row),
      .int(position)
    ) { (row) throws(StoreError) in found = try logEntry(row) }
    guard let found else { throw Self.damagedVisit }
    return found
  }

  private func logEntry(_ row: Statement) throws(StoreError) -> LogEntry {
    guard let hash = Hash256(bytes: row.blob(3)), let signature = Signature(bytes: row.blob(4))
    else { throw Self.damagedVisit }
    let sealed = SealedBatch(line: row.blob(5), signature: signature)
    let batch: Batch
    do throws(ProtocolError) {
      batch = try Batch(line: sealed.line)
    } catch {
      throw StoreError(.damaged, "A stored batch does not read: \(error.message).")
    }
    return LogEntry(
      position: row.int(0),
      received: row.int(1),
      batch: VerifiedBatch(
        trusted: sealed,
        batch: batch,
        hash: hash,
        person: try entry(row: row.int(2)).certificate.person
      )
    )
  }

  private func visit(_ row: Int64) throws(StoreError) -> VisitID {
    var found: VisitID?
    try database.rows("SELECT visit FROM visits WHERE id = ?1", .int(row)) {
      (row) throws(StoreError) in found = VisitID(bytes: row.blob(0))
    }
    guard let found else { throw Self.damagedVisit }
    return found
  }
}
