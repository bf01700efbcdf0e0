public import Convergence
public import SyncProtocol

extension OperationStore {
  /// Makes room for a visit; nothing happens if it is there.
  ///
  /// - Throws: ``StoreError``.
  public func addVisit(_ visit: VisitID) throws(StoreError) {
    try database.run(
      """
      INSERT INTO visits(visit, position, digest) VALUES(?1, 0, ?2) ON CONFLICT(visit) DO NOTHING
      """,
      .blob(visit.bits.bytes),
      .blob(LogDigest(emptyLogOf: visit).hash.bytes)
    )
  }

  /// Admits a batch to the log of its visit and merges it (admission, steps 4 to 9).
  ///
  /// Idempotent: what is held already is answered `duplicate`. Whatever is refused leaves no trace.
  ///
  /// - Parameters:
  ///   - verified: The batch.
  ///   - received: The clock of whoever admits it, in milliseconds since 1970.
  ///   - isSent: Whether the other side has it already, so that it need not be sent.
  /// - Returns: What became of it.
  /// - Throws: ``StoreError``, `refused` while operations of the visit are not sealed; nothing was
  ///   stored then. Call it in a ``transaction(_:)``.
  /// - Complexity: O(operations), where neither a fork nor the authority calls for a
  ///   new derivation of the visit.
  public func admit(
    _ verified: VerifiedBatch,
    received: Int64,
    isSent: Bool = false
  ) throws(StoreError) -> BatchResult.Outcome {
    let visit = verified.batch.visit
    let outcome = try withWorkspace(visit) { (table) throws(StoreError) in
      try admit(verified, received: received, isSent: isSent, to: &table)
    }
    if outcome?.position != nil {
      try admitWaiting(behind: verified.hash, of: visit)
      // What is lost keeps nobody waiting any more.
      if verified.declaresGap { try admitWaiting(of: visit) }
    }
    return outcome ?? .bad(.visit)
  }

  func admit(
    _ verified: VerifiedBatch,
    received: Int64,
    isSent: Bool,
    to table: inout WorkspaceCells
  ) throws(StoreError) -> BatchResult.Outcome {
    guard try !hasOpenOperations(visit: table.workspace.row) else {
      throw StoreError(
        .refused,
        "What is open in the visit has to be sealed first, or it would claim to have seen this."
      )
    }
    let place: Placement
    switch try placement(of: verified, in: table.workspace) {
    case .failure(let refusal): return refusal.outcome
    case .success(let found): place = found
    }
    let row = try insert(verified, place, received: received, isSent: isSent, to: &table)
    let batch = verified.batch
    if place.isFork || batch.hasMovedOperations || batch.namesBranch {
      table.workspace.isTangled = true
    }
    if verified.declaresGap { table.workspace.isTangled = true }
    var isFork = place.isFork
    if table.workspace.isTangled {
      let derivation = try rederive(&table)
      // What is lost may stand where this batch stands.
      if derivation.chains.hasGaps { isFork = derivation.chains.isForked(verified) }
    } else {
      try merge(verified, place, to: &table)
    }
    if isFork { return .fork(position: row) }
    let hasHeld = try database.int(
      "SELECT count(*) FROM effects WHERE visit = ?1 AND batch = ?2 AND effect = 'held'",
      .int(table.workspace.row),
      .blob(verified.hash.bytes)
    )
    return hasHeld == 0 ? .ok(position: row) : .held(position: row)
  }

  private func insert(
    _ verified: VerifiedBatch,
    _ place: Placement,
    received: Int64,
    isSent: Bool,
    to table: inout WorkspaceCells
  ) throws(StoreError) -> Int64 {
    guard let entry = try entry(of: verified.batch.replica) else { throw Self.damagedVisit }
    table.workspace.digest.append(verified.hash)
    table.workspace.isChanged = true
    if verified.person != .authority { table.workspace.hasOthers = true }
    let batch = verified.batch
    try database.run(
      """
      INSERT INTO batches(visit, position, replica, number, first, count, height, received, sent,
        hash, signature, line)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
      """,
      .int(table.workspace.row),
      .int(table.workspace.digest.position),
      .int(entry.row),
      .int(batch.number),
      .int(batch.firstCounter),
      .int(Int64(batch.operations.count)),
      .int(place.height),
      .int(received),
      .int(isSent ? 1 : 0),
      .blob(verified.hash.bytes),
      .blob(verified.sealed.signature.bytes),
      .blob(verified.sealed.line)
    )
    table.workspace.log?.append(
      LogEntry(position: table.workspace.digest.position, received: received, batch: verified)
    )
    return table.workspace.digest.position
  }

  /// The ordinary way: the batch follows the head of its stream.
  private func merge(
    _ verified: VerifiedBatch,
    _ place: Placement,
    to table: inout WorkspaceCells
  ) throws(StoreError) {
    let batch = verified.batch
    let stream = StreamID(replica: batch.replica)
    var seen = place.past
    seen.extend(stream, to: batch.lastCounter)
    table.workspace.heads[stream] = StreamHead(
      number: batch.number,
      lastCounter: batch.lastCounter,
      height: place.height.advanced(saturatingBy: batch.operations.count - 1),
      hash: verified.hash,
      seen: seen
    )
    table.workspace.changedStreams.insert(stream)
    let references = References(of: batch, branch: .trunk, past: place.past)
    let operations = batch.resolved(person: verified.person, branch: .trunk, references)
    let authority = table.workspace.authority
    let author = meaning.author(verified.person, batch.replica, under: authority)
    var isChanged = false
    for (index, operation) in operations.enumerated() {
      let effect = try meaning.settle(
        operation,
        about: batch.target(at: index, operation, references),
        by: author,
        to: &table
      )
      try note(effect, of: verified.hash, at: index, visit: table.workspace.row)
      // What breaks a rule says nothing, the authority's operations included.
      guard effect == .effective, table.workspace.authority.absorb(operation) else { continue }
      isChanged = true
      if try !holdsCut(of: operation, in: table.workspace) { table.workspace.isTangled = true }
    }
    // Once for all that comes in one transaction.
    if isChanged, table.workspace.hasOthers { table.workspace.isDue = true }
  }

  /// Whether every batch that a cut or release of the authority names is held.
  private func holdsCut(
    of operation: Operation,
    in workspace: Workspace
  ) throws(StoreError) -> Bool {
    for named in Cuts.named(in: operation) {
      guard try holds(named, in: workspace) else { return false }
    }
    return true
  }

  /// Writes down an operation that has no effect, so that its author can be told.
  func note(
    _ effect: Effect?,
    of batch: Hash256,
    at index: Int,
    visit row: Int64
  ) throws(StoreError) {
    guard let effect, let word = effect.word else { return }
    try database.run(
      "INSERT OR REPLACE INTO effects(visit, batch, item, effect) VALUES(?1, ?2, ?3, ?4)",
      .int(row),
      .blob(batch.bytes),
      .int(Int64(index)),
      .text(word)
    )
  }
}

extension Effect {
  /// How the store writes down that an operation has no effect; `nil` where it has.
  var word: String? {
    switch self {
    case .effective: nil
    case .inert(let reason): reason.rawValue
    case .held: "held"
    case .uninterpreted: "uninterpreted"
    }
  }

  init?(word: String) {
    switch word {
    case "held": self = .held
    case "uninterpreted": self = .uninterpreted
    default:
      guard let reason = InertReason(rawValue: word) else { return nil }
      self = .inert(reason)
    }
  }
}
