public import Convergence
import SyncProtocol

/// How a device goes on under another name, once the one it had can no longer be used (section 3.7).
extension OperationStore {
  /// What became of the work that was not sealed.
  public struct Succession: Hashable, Sendable {
    /// Operations that the successor took over.
    public internal(set) var moved = 0

    /// Operations that speak of something that was refused, and could not move; their bytes are
    /// kept for rescue.
    public internal(set) var stranded = 0
  }

  /// Whether two batches of a replica stand under one number in a visit.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func hasForked(_ replica: ReplicaID, in visit: VisitID) throws(StoreError) -> Bool {
    try known(visit).hasForked(replica)
  }

  /// Makes another replica of the same person the one that writes, and hands it what is not sealed.
  ///
  /// Every operation keeps the first name that it ever had, so the state stays as it is. What was
  /// sealed stays where it is, but for batches that were refused (``rescue(_:of:why:)``): those
  /// leave the log, and what followed them in their stream, which nobody can ever admit, moves too.
  ///
  /// - Parameter successor: A certified replica of the same person that has written nothing yet.
  /// - Returns: What moved.
  /// - Throws: ``StoreError``, `refused` where the replica is not certified or is another person's;
  ///   nothing was changed then. Call it in a ``transaction(_:)``.
  /// - Complexity: O(length of the logs with something to move).
  @discardableResult
  public func succeed(_ successor: ReplicaID) throws(StoreError) -> Succession {
    guard let old = try ownReplica(), let mine = try entry(of: old) else {
      throw StoreError(.refused, "This device is not enrolled.")
    }
    guard let next = try entry(of: successor) else {
      throw StoreError(.refused, "The replica is not certified.")
    }
    guard next.certificate.person == mine.certificate.person else {
      throw StoreError(.refused, "What one person wrote cannot move to another.")
    }
    var succession = Succession()
    guard old != successor else { return succession }
    var moves: [(visit: VisitID, operations: [Moving])] = []
    for visit in try visits() {
      _ = try derived(visit)
      guard let operations = try takeOut(of: visit, by: old, &succession) else { continue }
      moves.append((visit, operations))
    }
    try setDocument("store", "replica", .string(successor.text))
    for move in moves {
      succession.moved += move.operations.count
      try withWorkspace(move.visit) { (table) throws(StoreError) in
        try takeIn(move.operations, by: successor, to: &table)
      }
    }
    return succession
  }

  /// An operation on its way from one replica to another.
  private struct Moving {
    let place: Dot
    let name: Dot
    let clock: Int64
    let draft: Draft
  }

  /// Takes what is not sealed out of a visit; `nil` if there is nothing to do in it.
  private func takeOut(
    of visit: VisitID,
    by old: ReplicaID,
    _ succession: inout Succession
  ) throws(StoreError) -> [Moving]? {
    let workspace = try known(visit)
    let open = try openOperations(visit: workspace.row)
    let refused = try refusedBatches(of: old, in: workspace)
    guard !open.isEmpty || !refused.isEmpty else { return nil }
    var moving: [Moving] = []
    var lost: Set<Dot> = []
    var aliases = Aliases([])
    if workspace.isTangled || !refused.isEmpty {
      let log = try log(visit: visit, row: workspace.row)
      let derivation = try derivation(of: log, row: workspace.row)
      aliases = derivation.aliases
      let doomed = Self.doomed(after: refused, of: old, in: log)
      for entry in log where doomed.contains(entry.batch.hash) {
        let steps = derivation.steps.filter { $0.position == entry.position }
        if refused.contains(entry.batch.hash) {
          lost.formUnion(steps.map(\.place))
          continue
        }
        let (before, places) = (moving.count, steps.count)
        moving += Self.moving(steps, of: entry.batch.batch, aliases, &lost)
        let stranded = places - (moving.count - before)
        guard stranded > 0 else { continue }
        succession.stranded += stranded
        try rescue(entry.batch.hash, of: visit, why: "stranded")
      }
      if !doomed.isEmpty { try cut(doomed, from: visit) }
    }
    for operation in open {
      let place = Dot(replica: old, counter: operation.counter)
      let placed = aliases.placed(operation.draft)
      // Sealed by the old replica it would list what it writes over in the order of names.
      guard let draft = (operation.was == nil ? placed.listed : placed).without(lost) else {
        lost.insert(place)
        succession.stranded += 1
        try keep(operation, visit: workspace.row)
        continue
      }
      let name = operation.was ?? place
      moving.append(Moving(place: place, name: name, clock: operation.clock, draft: draft))
    }
    try database.run("DELETE FROM open_operations WHERE visit = ?1", .int(workspace.row))
    return moving
  }

  private func takeIn(
    _ operations: [Moving],
    by successor: ReplicaID,
    to table: inout WorkspaceCells
  ) throws(StoreError) {
    var next = try nextCounter(of: successor, in: table.workspace)
    var names: [Dot: Dot] = [:]
    for moving in operations {
      let draft = moving.draft.renamed { names[$0] ?? $0 }
      let open = try openOperation(next, moving.clock, draft, was: moving.name)
      try insert(open, visit: table.workspace.row)
      names[moving.place] = Dot(replica: successor, counter: next)
      next += 1
    }
    if !operations.isEmpty { table.workspace.isTangled = true }
    try rederive(&table)
  }

  // MARK: Refused batches

  private func refusedBatches(
    of replica: ReplicaID,
    in workspace: Workspace
  ) throws(StoreError) -> Set<Hash256> {
    guard let entry = try entry(of: replica) else { return [] }
    var refused: Set<Hash256> = []
    try database.rows(
      "SELECT hash FROM batches WHERE visit = ?1 AND replica = ?2 AND sent = 2",
      .int(workspace.row),
      .int(entry.row)
    ) { (row) throws(StoreError) in
      guard let hash = Hash256(bytes: row.blob(0)) else { throw Self.damagedVisit }
      refused.insert(hash)
    }
    return refused
  }

  /// The refused batches and what stands behind them in their stream; none where somebody else built
  /// on them: what others hold cannot be taken back.
  private static func doomed(
    after refused: Set<Hash256>,
    of replica: ReplicaID,
    in log: [LogEntry]
  ) -> Set<Hash256> {
    guard !refused.isEmpty else { return [] }
    var doomed: Set<Hash256> = []
    var named: Set<Dependency> = []
    for entry in log {
      let batch = entry.batch.batch
      guard batch.replica == replica else {
        if batch.deps.contains(where: { named.contains($0) }) { return [] }
        continue
      }
      let follows = batch.previous.map { doomed.contains($0) } ?? false
      guard refused.contains(entry.batch.hash) || follows else { continue }
      doomed.insert(entry.batch.hash)
      named.insert(
        Dependency(
          replica: replica,
          lastCounter: batch.lastCounter,
          hashPrefix: entry.batch.hash.prefix
        )
      )
    }
    return doomed
  }

  /// The operations of a batch that can move; those that cannot are lost to what follows.
  private static func moving(
    _ steps: [Derivation.Step],
    of batch: Batch,
    _ aliases: Aliases,
    _ lost: inout Set<Dot>
  ) -> [Moving] {
    var moving: [Moving] = []
    for step in steps {
      let draft = Draft(step.operation).map { aliases.placed($0) }?.without(lost)
      guard let draft else {
        lost.insert(step.place)
        continue
      }
      let name = batch.formerName(at: step.index) ?? step.place
      moving.append(
        Moving(
          place: step.place,
          name: Dot(replica: name.replica, counter: name.counter),
          clock: step.operation.clock,
          draft: draft
        )
      )
    }
    return moving
  }

  /// Takes batches out of the log; what follows them moves up.
  private func cut(_ doomed: Set<Hash256>, from visit: VisitID) throws(StoreError) {
    try withWorkspace(visit) { (table) throws(StoreError) in
      let row = table.workspace.row
      var left: [(position: Int64, hash: Hash256)] = []
      try database.rows(
        "SELECT position, hash FROM batches WHERE visit = ?1 ORDER BY position",
        .int(row)
      ) { (line) throws(StoreError) in
        guard let hash = Hash256(bytes: line.blob(1)) else { throw Self.damagedVisit }
        left.append((line.int(0), hash))
      }
      var digest = LogDigest(emptyLogOf: visit)
      for entry in left {
        guard !doomed.contains(entry.hash) else {
          try database.run(
            "DELETE FROM batches WHERE visit = ?1 AND position = ?2",
            .int(row),
            .int(entry.position)
          )
          continue
        }
        digest.append(entry.hash)
        guard digest.position != entry.position else { continue }
        try database.run(
          "UPDATE batches SET position = ?3 WHERE visit = ?1 AND position = ?2",
          .int(row),
          .int(entry.position),
          .int(digest.position)
        )
      }
      table.workspace.digest = digest
      table.workspace.log = nil
      table.workspace.isChanged = true
    }
  }

  /// Keeps an open operation that nothing can seal any more.
  private func keep(_ open: OpenOperation, visit row: Int64) throws(StoreError) {
    try database.run(
      "INSERT INTO rescue(visit, why, signature, line) VALUES(?1, 'stranded', ?2, ?3)",
      .int(row),
      .blob([]),
      .blob(open.line)
    )
  }
}
