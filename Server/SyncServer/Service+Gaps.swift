public import Convergence
public import OperationStore
public import SyncProtocol

/// The names of batches that the server was told of and does not hold, kept beside the log.
private enum Absence {
  static let kind = "absent"

  /// The most that is kept of one stream: it helps an operator, and anybody may name anything.
  static let most = 64

  static func key(_ visit: VisitID, _ replica: ReplicaID) -> String {
    "\(visit.text).\(replica.text)"
  }
}

extension Service {
  /// Notes what a batch that was not admitted says exists; in the transaction that answers it.
  ///
  /// - Parameters:
  ///   - verified: The batch.
  ///   - outcome: What became of it.
  ///   - brought: The batches of the same body, as deps name them: those are not absent.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Throws: `StoreError`.
  func noteAbsent(
    behind verified: VerifiedBatch,
    _ outcome: BatchResult.Outcome,
    brought: Set<Dependency>,
    now: Int64,
    store: OperationStore
  ) throws(StoreError) {
    let batch = verified.batch
    switch outcome {
    case .gap:
      guard let previous = batch.previous else { return }
      let end = Dependency(
        replica: batch.replica,
        lastCounter: batch.firstCounter - 1,
        hashPrefix: previous.prefix
      )
      guard !brought.contains(end) else { return }
      try note(end, number: batch.number - 1, of: batch.visit, now: now, store: store)
    case .missing(let deps):
      for end in deps where !brought.contains(end) {
        try note(end, number: nil, of: batch.visit, now: now, store: store)
      }
    case .ok, .held, .late, .fork, .duplicate, .notOnVisit, .bad: return
    }
  }

  private func note(
    _ end: Dependency,
    number: Int64?,
    of visit: VisitID,
    now: Int64,
    store: OperationStore
  ) throws(StoreError) {
    let key = Absence.key(visit, end.replica)
    var kept: [(end: Dependency, number: Int64?, asked: Int64)] = []
    for entry in Self.entries(try store.document(Absence.kind, key))
    where try !store.holds(entry.end, of: visit) { kept.append(entry) }
    if let place = kept.firstIndex(where: { $0.end == end }) {
      kept[place].number = kept[place].number ?? number
    } else if kept.count < Absence.most {
      kept.append((end, number, now))
    }
    let value = Value.list(
      kept.map { entry in
        .object([
          "asked": .int(entry.asked), "end": entry.end.value, "number": .int(entry.number ?? 0),
        ])
      }
    )
    try store.setDocument(Absence.kind, key, value)
  }

  private static func entries(
    _ document: Value?
  ) -> [(end: Dependency, number: Int64?, asked: Int64)] {
    (document?.list ?? []).compactMap { entry in
      guard let end = entry["end"].flatMap({ Dependency($0) }) else { return nil }
      let number = entry["number"]?.int ?? 0
      return (end, number > 0 ? number : nil, entry["asked"]?.int ?? 0)
    }
  }

  /// What is known to exist of a visit and is not held, and what was declared lost.
  ///
  /// It is what devices built on, and what was brought by file and waits here; what nobody built on is
  /// known to nobody.
  ///
  /// - Parameters:
  ///   - visit: The visit; `nil` for all.
  ///   - store: The store.
  /// - Returns: The last batch of each stretch, by visit, replica and counter: of one stream the first
  ///   is the one to look for first.
  /// - Throws: ``Problem``: `unknown` visit, `unavailable`.
  public func absentBatches(
    of visit: VisitID?,
    store: OperationStore
  ) throws(Problem) -> [AbsentBatch] {
    let visits = try stored { () throws(StoreError) in try store.visits() }
    guard let visit else {
      var found: [AbsentBatch] = []
      for visit in visits { found += try absent(of: visit, store: store) }
      return found
    }
    guard visits.contains(visit) else {
      throw Problem(.unknown, "There is no visit \(visit) on this server.")
    }
    return try absent(of: visit, store: store)
  }

  private func absent(
    of visit: VisitID,
    store: OperationStore
  ) throws(Problem) -> [AbsentBatch] {
    let (named, open) = try stored { () throws(StoreError) in
      var named: [Dependency: (number: Int64?, asked: Int64?)] = [:]
      for document in try store.documents(Absence.kind)
      where document.key.hasPrefix(visit.text + ".") {
        for entry in Self.entries(document.value) where try !store.holds(entry.end, of: visit) {
          named[entry.end] = (entry.number, entry.asked)
        }
      }
      // What came by file and waits here builds on something as well.
      for need in try store.waiting(of: visit).flatMap(\.needs) {
        named[need.end] = (named[need.end]?.number ?? need.number, named[need.end]?.asked)
      }
      return (named, Set(try store.openGaps(of: visit)))
    }
    let ends = Set(named.keys).union(open).sorted()
    guard !ends.isEmpty else { return [] }
    let held = try self.ends(of: Set(ends.map(\.replica)), in: visit, store: store)
    return ends.map { end in
      let before = (held[end.replica] ?? []) + open.filter { $0.replica == end.replica }
      return AbsentBatch(
        visit: visit,
        end: end,
        number: named[end]?.number,
        asked: named[end]?.asked,
        before: before.filter { $0.lastCounter < end.lastCounter }.max(),
        isDeclared: open.contains(end)
      )
    }
  }

  /// Every batch that the server holds of some replicas, as deps name it.
  private func ends(
    of replicas: Set<ReplicaID>,
    in visit: VisitID,
    store: OperationStore
  ) throws(Problem) -> [ReplicaID: [Dependency]] {
    var ends: [ReplicaID: [Dependency]] = [:]
    try forEachEntry(of: visit, store: store) { (entry) throws(Problem) in
      guard replicas.contains(entry.replica), let batch = try? Batch(line: entry.sealed.line) else {
        return
      }
      ends[entry.replica, default: []].append(
        Dependency(
          replica: entry.replica,
          lastCounter: batch.lastCounter,
          hashPrefix: entry.hash.prefix
        )
      )
    }
    return ends
  }

  /// Declares that batches are lost, so that whoever built on them waits no longer.
  ///
  /// What the present authority itself wrote can be missing only where the store was put back without
  /// telling anybody: a new history begins first, so that nothing takes the names of what is lost.
  ///
  /// - Parameters:
  ///   - declaration: What is lost.
  ///   - newEpoch: 16 random bytes, for a new history if one must begin.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: The gap that was declared.
  /// - Throws: ``Problem``: `unknown` visit; `malformed` for what the server holds, what was declared
  ///   already, what nobody asked for, and a beginning that fits nothing; `unavailable`.
  public func declare(
    _ declaration: GapDeclaration,
    newEpoch: Epoch,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> Gap {
    let (visit, end) = (declaration.visit, declaration.end)
    let absent = try absentBatches(of: visit, store: store)
    guard try !stored({ () throws(StoreError) in try store.holds(end, of: visit) }) else {
      throw Problem(
        .malformed,
        "The server holds that batch. Nothing is lost and nothing was done."
      )
    }
    guard let wanted = absent.first(where: { $0.end == end }) else {
      throw Problem(
        .malformed,
        "Nobody has asked for a batch of replica \(end.replica) that ends at \(end.lastCounter) with "
          + "this hash. Take replica, counter and hash from: fieldbookd gap list."
      )
    }
    guard !wanted.isDeclared || declaration.firstCounter != nil else {
      throw Problem(.malformed, "It was declared lost already. Nothing was done.")
    }
    guard (1...Limits.textBytes).contains(declaration.because.utf8.count) else {
      throw Problem(.malformed, "A reason has 1 to \(Limits.textBytes) bytes.")
    }
    let before = try self.before(declaration, wanted, absent, store: store)
    let gap = Gap(end: end, number: wanted.number, after: before)
    let draft = Draft(
      Assignment(
        record: .named("visit"),
        field: "gap",
        slot: end.replica.text,
        value: .object([
          "because": .string(declaration.because), "gaps": .list([gap.value]),
        ])
      )
    )
    let own = try authority(store).publicKey.replicaID
    // Each is a transaction; a new history without the declaration does no harm.
    if end.replica == own { try beginHistory(newEpoch, now: now, store: store) }
    try decree([draft], in: visit, now: now, store: store)
    return gap
  }

  /// What a gap goes on from.
  private func before(
    _ declaration: GapDeclaration,
    _ wanted: AbsentBatch,
    _ absent: [AbsentBatch],
    store: OperationStore
  ) throws(Problem) -> Dependency? {
    guard let first = declaration.firstCounter, first != (wanted.before?.lastCounter ?? 0) + 1
    else {
      return wanted.before
    }
    if first == 1 { return nil }
    let replica = wanted.end.replica
    let held = try ends(of: [replica], in: wanted.visit, store: store)[replica] ?? []
    let known = held + absent.filter(\.isDeclared).map(\.end)
    let fitting = known.filter { $0.replica == replica && $0.lastCounter == first - 1 }.sorted()
    guard first <= wanted.end.lastCounter, fitting.count == 1 else {
      throw Problem(
        .malformed,
        "The server knows \(fitting.count) batches of replica \(replica) that end at \(first - 1); "
          + "a gap goes on from exactly one. Leave out --from."
      )
    }
    return fitting[0]
  }
}
