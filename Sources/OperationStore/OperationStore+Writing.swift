public import Convergence
public import SyncProtocol

extension OperationStore {
  /// Which of the store's replicas writes: a device has one, a server its authority.
  ///
  /// It is kept in the register, so that operations that are not sealed yet keep their author.
  ///
  /// - Throws: ``StoreError``.
  public func ownReplica() throws(StoreError) -> ReplicaID? {
    try document("store", "replica")?.string.flatMap { ReplicaID(text: $0) }
  }

  /// Says which replica writes from now on.
  ///
  /// - Throws: ``StoreError``, `refused` while operations of another are not sealed.
  public func setOwnReplica(_ replica: ReplicaID) throws(StoreError) {
    let isSame = try ownReplica() == replica
    let open = try database.int("SELECT count(*) FROM open_operations")
    guard isSame || open == 0 else {
      throw StoreError(.refused, "There are operations that are not sealed yet.")
    }
    guard try entry(of: replica) != nil else {
      throw StoreError(.refused, "The replica is not certified.")
    }
    try setDocument("store", "replica", .string(replica.text))
  }

  /// Writes changes down under the next names of the own replica, and merges them.
  ///
  /// They are not sealed yet: ``seal(_:key:)`` does that, before anything foreign is admitted.
  ///
  /// - Parameters:
  ///   - drafts: The changes.
  ///   - visit: The visit.
  ///   - clock: What the device's clock shows, in milliseconds since 1970.
  /// - Returns: The names, and what each does: effective, or held or uninterpreted.
  /// - Throws: ``StoreError``: `refused` for a change that would have no effect or does not fit a
  ///   batch; nothing was written then. Call it in a ``transaction(_:)``.
  public func write(
    _ drafts: [Draft],
    to visit: VisitID,
    clock: Int64
  ) throws(StoreError) -> [(dot: Dot, effect: Effect)] {
    guard let replica = try ownReplica() else {
      throw StoreError(.refused, "This device is not enrolled.")
    }
    try checkIsBack(visit)
    _ = try derived(visit)
    let written = try withWorkspace(visit) { (table) throws(StoreError) in
      guard !table.workspace.hasForked(replica) else { throw Self.forkedHere }
      var next = try nextCounter(of: replica, in: table.workspace)
      var written: [(dot: Dot, effect: Effect)] = []
      for draft in drafts {
        let open = try openOperation(next, clock, draft)
        let operation = try operation(open)
        let authority = table.workspace.authority
        let effect = try meaning.apply(operation, authority: authority, to: &table)
        if case .inert(let reason) = effect {
          throw StoreError(.refused, "This would have no effect: \(reason.rawValue).")
        }
        try insert(open, visit: table.workspace.row)
        if effect == .effective, table.workspace.authority.absorb(operation),
          table.workspace.hasOthers
        {
          try rederive(&table)
        }
        written.append((operation.dot, effect))
        next += 1
      }
      return written
    }
    return written ?? []
  }

  /// Seals the open operations of the own replica in a visit.
  ///
  /// - Parameters:
  ///   - visit: The visit.
  ///   - key: The own replica's key.
  ///   - received: What the device's clock shows, in milliseconds since 1970.
  /// - Returns: How many batches were made; 0 if nothing was open.
  /// - Throws: ``StoreError``. Call it in a ``transaction(_:)``.
  @discardableResult
  public func seal(
    _ visit: VisitID,
    key: SigningKey,
    received: Int64
  ) throws(StoreError) -> Int {
    let workspace = try derived(visit)
    let open = try openOperations(visit: workspace.row)
    guard !open.isEmpty else { return 0 }
    guard let replica = try ownReplica(), replica == key.publicKey.replicaID else {
      throw StoreError(.refused, "The key is not that of the replica that wrote here.")
    }
    guard !workspace.hasForked(replica) else { throw Self.forkedHere }
    let person = try certificate(of: replica)?.person
    let head = workspace.heads[StreamID(replica: replica)]
    let placed = try placed(open, of: visit, in: workspace)
    let batches: [SealedBatch]
    do throws(ProtocolError) {
      batches = try Sealer(
        visit: visit,
        key: key,
        person: person,
        branches: workspace.namedBranches
      ).seal(
        placed,
        after: head.map { Sealer.Head(number: $0.number, hash: $0.hash) } ?? .start,
        deps: news(for: replica, since: head, in: workspace)
      )
    } catch {
      throw StoreError(.refused, error.message)
    }
    try database.run("DELETE FROM open_operations WHERE visit = ?1", .int(workspace.row))
    for sealed in batches {
      try admitOwn(sealed, of: replica, received: received)
    }
    return batches.count
  }

  /// How many operations of a visit are not sealed, and how many batches are not sent.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func unsentCounts(
    of visit: VisitID
  ) throws(StoreError) -> (openOperations: Int64, batches: Int64, operations: Int64) {
    let row = try known(visit).row
    let open = try database.int(
      "SELECT count(*) FROM open_operations WHERE visit = ?1",
      .int(row)
    )
    let batches = try database.int(
      "SELECT count(*) FROM batches WHERE visit = ?1 AND sent = 0",
      .int(row)
    )
    let operations = try database.int(
      "SELECT sum(count) FROM batches WHERE visit = ?1 AND sent = 0",
      .int(row)
    )
    return (open ?? 0, batches ?? 0, (operations ?? 0) + (open ?? 0))
  }

  /// A replica that forked retires (section 3.6): whatever it wrote now would be a third branch.
  private static var forkedHere: StoreError {
    StoreError(
      .refused,
      "This device's store was copied and both copies were written to. Nothing is lost: run `sync`."
    )
  }

  /// Open operations with references that can be followed from the log.
  ///
  /// Where one operation stands in several places, a screen shows it under one name, which need not
  /// be a place.
  private func placed(
    _ open: [OpenOperation],
    of visit: VisitID,
    in workspace: Workspace
  ) throws(StoreError) -> [OpenOperation] {
    guard workspace.isTangled else { return open }
    let aliases = try derivation(of: visit, row: workspace.row).aliases
    guard !aliases.isEmpty else { return open }
    var placed: [OpenOperation] = []
    for operation in open {
      let draft = aliases.placed(operation.draft)
      placed.append(
        try openOperation(operation.counter, operation.clock, draft, was: operation.was)
      )
    }
    return placed
  }

  private func admitOwn(
    _ sealed: SealedBatch,
    of replica: ReplicaID,
    received: Int64
  ) throws(StoreError) {
    let batch: Batch
    do throws(ProtocolError) {
      batch = try Batch(line: sealed.line)
    } catch {
      throw StoreError(.fault, "An own batch does not read: \(error.message).")
    }
    guard let entry = try entry(of: replica) else { throw Self.damagedVisit }
    // Just signed here: nothing is gained by checking the signature.
    let verified = VerifiedBatch(
      trusted: sealed,
      batch: batch,
      hash: sealed.hash,
      person: entry.certificate.person
    )
    switch try admit(verified, received: received) {
    case .ok, .held: break
    case let outcome:
      throw StoreError(.fault, "An own batch was not admitted: \(outcome.code).")
    }
  }

  /// What the replica holds of others that it has not named as seen.
  private func news(
    for replica: ReplicaID,
    since head: StreamHead?,
    in workspace: Workspace
  ) -> [Dependency] {
    var news: [Dependency] = []
    for (stream, other) in workspace.sortedHeads where stream.replica != replica {
      guard other.lastCounter > head?.seen.lastCounter(of: stream) ?? 0 else { continue }
      news.append(
        Dependency(
          replica: stream.replica,
          lastCounter: other.lastCounter,
          hashPrefix: other.hash.prefix
        )
      )
    }
    return news
  }

  func nextCounter(
    of replica: ReplicaID,
    in workspace: Workspace
  ) throws(StoreError) -> Int64 {
    let open = try database.int(
      "SELECT max(counter) FROM open_operations WHERE visit = ?1",
      .int(workspace.row)
    )
    let sealed = workspace.heads[StreamID(replica: replica)]?.lastCounter ?? 0
    return max(open ?? 0, sealed) + 1
  }

  func openOperation(
    _ counter: Int64,
    _ clock: Int64,
    _ draft: Draft,
    was: Dot? = nil
  ) throws(StoreError) -> OpenOperation {
    do throws(ProtocolError) {
      return try OpenOperation(counter: counter, clock: clock, draft: draft, was: was)
    } catch {
      throw StoreError(.refused, error.message)
    }
  }

  func insert(_ open: OpenOperation, visit row: Int64) throws(StoreError) {
    try database.run(
      "INSERT INTO open_operations(visit, counter, line) VALUES(?1, ?2, ?3)",
      .int(row),
      .int(open.counter),
      .blob(open.line)
    )
  }

  func hasOpenOperations(visit row: Int64) throws(StoreError) -> Bool {
    try database.int("SELECT 1 FROM open_operations WHERE visit = ?1 LIMIT 1", .int(row)) != nil
  }

  func openOperations(visit row: Int64) throws(StoreError) -> [OpenOperation] {
    var open: [OpenOperation] = []
    try database.rows(
      "SELECT counter, line FROM open_operations WHERE visit = ?1 ORDER BY counter",
      .int(row)
    ) { (row) throws(StoreError) in
      do throws(ProtocolError) {
        open.append(try OpenOperation(counter: row.int(0), line: row.blob(1)))
      } catch {
        throw StoreError(.damaged, "An open operation does not read: \(error.message).")
      }
    }
    return open
  }

  func operation(_ open: OpenOperation) throws(StoreError) -> Operation {
    guard let replica = try ownReplica(), let entry = try entry(of: replica) else {
      throw StoreError(.refused, "This device is not enrolled.")
    }
    return open.operation(replica: replica, person: entry.certificate.person)
  }
}
