public import Convergence
public import OperationStore
public import SyncProtocol

/// Operations that are held until a person decides.
extension Service {
  /// The batches that are held: of one visit, or of all, in the order of the logs.
  ///
  /// - Parameters:
  ///   - visit: The visit; `nil` for all.
  ///   - decrees: What knows why something is held.
  ///   - store: The store.
  /// - Returns: The batches.
  /// - Throws: ``Problem``: `unknown` visit, `unavailable`.
  /// - Complexity: O(length of the logs in which anything is held).
  public func heldBatches(
    of visit: VisitID?,
    _ decrees: Decrees,
    store: OperationStore
  ) throws(Problem) -> [HeldBatch] {
    let visits = try stored { () throws(StoreError) in try store.visits() }
    if let visit, !visits.contains(visit) {
      throw Problem(.unknown, "There is no visit \(visit) on this server.")
    }
    var found: [HeldBatch] = []
    for held in visit.map({ [$0] }) ?? visits {
      found += try heldBatches(in: held, decrees, store: store)
    }
    return found
  }

  /// Decides on batches of a replica that are held, or takes a decision back.
  ///
  /// - Parameters:
  ///   - isRelease: Whether they are to take effect; else they stay held, and nobody is asked again.
  ///   - replica: Whose batches.
  ///   - wanted: Numbers, or hashes as `hold list` shows them; none for all that wait.
  ///   - because: Why.
  ///   - visit: The visit.
  ///   - decrees: What the authority writes.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: The batches that were decided on.
  /// - Throws: ``Problem``: `unknown` visit, replica or batch; `malformed` for a batch of somebody who
  ///   never was on the visit, or that is not held; `unavailable`.
  package func decide(
    isRelease: Bool,
    _ replica: ReplicaID,
    _ wanted: [String],
    because: String,
    in visit: VisitID,
    _ decrees: Decrees,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> [Hash256] {
    let cells = try cells(of: visit, store: store)
    let held = try heldBatches(in: visit, decrees, store: store).filter { $0.replica == replica }
    let ledger = try ledger(of: replica, in: visit, store: store)
    func cell(_ field: String) -> Cell {
      cells[CellKey(.named("visit"), field, slot: replica.text)]
    }
    var released = ledger.listedByAll(in: cell("release"))
    var refused = ledger.listedByAny(in: cell("refuse"))
    let chosen = try Self.chosen(wanted, ledger, held, isRelease: isRelease)
    let isDecided = isRelease ? released : refused
    let heldHashes = Set(held.map(\.hash))
    for entry in chosen
    where !heldHashes.contains(entry.hash) && !(released.contains(entry.hash) && !isRelease) {
      let already = isDecided.contains(entry.hash) ? "decided so already" : "not held"
      throw Problem(.malformed, "Batch \(entry.number) of \(replica) is \(already).")
    }
    if isRelease,
      let stranger = held.first(where: { batch in
        !batch.why.canBeReleased && chosen.contains { $0.hash == batch.hash }
      })
    {
      throw Problem(
        .malformed,
        "\(stranger.name) never was on this visit, so nothing of theirs can be released. Add them "
          + "instead: visit member add \(visit) \(stranger.person) ROLE."
      )
    }
    let hashes = Set(chosen.map(\.hash))
    let before = (released: ledger.ranges(of: released), refused: ledger.ranges(of: refused))
    if isRelease {
      released.formUnion(hashes)
      refused.subtract(hashes)
    } else {
      refused.formUnion(hashes)
      released.subtract(hashes)
    }
    var drafts: [Draft] = []
    for (field, old, new) in [
      ("release", before.released, ledger.ranges(of: released)),
      ("refuse", before.refused, ledger.ranges(of: refused)),
    ] where old != new || cell(field).siblings.count > 1 {
      drafts += try decrees.decide(field, replica, new, because, cells)
    }
    try decree(drafts, in: visit, now: now, store: store)
    return chosen.map(\.hash)
  }

  private func heldBatches(
    in visit: VisitID,
    _ decrees: Decrees,
    store: OperationStore
  ) throws(Problem) -> [HeldBatch] {
    let held = try stored { () throws(StoreError) in
      Set(try store.notices(of: visit).filter { $0.effect == .held }.map(\.batch))
    }
    guard !held.isEmpty else { return [] }
    let authority = try stored { () throws(StoreError) in try store.authority(of: visit) }
    let membership = Membership(authority: authority)
    var refused: [ReplicaID: Set<Hash256>] = [:]
    var found: [HeldBatch] = []
    try forEachEntry(of: visit, store: store) { (entry) throws(Problem) in
      guard held.contains(entry.hash),
        let certificate = try stored({ () throws(StoreError) in
          try store.certificate(of: entry.replica)
        })
      else { return }
      let batch = try Self.batch(of: entry)
      if refused[entry.replica] == nil {
        let key = CellKey(.named("visit"), "refuse", slot: entry.replica.text)
        refused[entry.replica] =
          authority[key].isEmpty
          ? []
          : try ledger(of: entry.replica, in: visit, store: store).listedByAny(in: authority[key])
      }
      let dot = Dot(replica: entry.replica, counter: batch.lastCounter)
      found.append(
        HeldBatch(
          visit: visit,
          title: membership.title,
          replica: entry.replica,
          person: certificate.person,
          name: certificate.name,
          device: certificate.deviceName,
          number: batch.number,
          counters: batch.firstCounter...batch.lastCounter,
          hash: entry.hash,
          received: entry.received,
          kinds: HeldBatch.kinds(of: batch),
          why: decrees.hold(dot, certificate.person, authority),
          isRefused: refused[entry.replica]?.contains(entry.hash) ?? false
        )
      )
    }
    return found
  }

  private func ledger(
    of replica: ReplicaID,
    in visit: VisitID,
    store: OperationStore
  ) throws(Problem) -> HoldLedger {
    var entries: [HoldLedger.Entry] = []
    try forEachEntry(of: visit, store: store) { (entry) throws(Problem) in
      guard entry.replica == replica else { return }
      let batch = try Self.batch(of: entry)
      entries.append(
        HoldLedger.Entry(
          hash: entry.hash,
          number: batch.number,
          first: batch.firstCounter,
          last: batch.lastCounter,
          previous: batch.previous
        )
      )
    }
    return HoldLedger(replica, entries: entries)
  }

  /// The batches that an operator means.
  private static func chosen(
    _ wanted: [String],
    _ ledger: HoldLedger,
    _ held: [HeldBatch],
    isRelease: Bool
  ) throws(Problem) -> [HoldLedger.Entry] {
    guard !wanted.isEmpty else {
      let waiting = Set(held.filter { !$0.isRefused }.map(\.hash))
      guard !waiting.isEmpty else {
        throw Problem(
          .unknown,
          "Nothing of \(ledger.replica) waits for a decision here. See: hold list."
        )
      }
      return ledger.entries.filter { waiting.contains($0.hash) }
    }
    var chosen: [HoldLedger.Entry] = []
    for word in wanted {
      let number = Int64(word)
      let found = ledger.entries.filter { $0.number == number || $0.hash.text == word }
      guard let first = found.first else {
        throw Problem(.unknown, "There is no batch \(word) of \(ledger.replica) in this visit.")
      }
      guard found.count == 1 else {
        throw Problem(
          .malformed,
          "There are \(found.count) batches \(word): the device was copied. Name the one you mean: "
            + found.map(\.hash.text).joined(separator: ", ") + "."
        )
      }
      chosen.append(first)
    }
    return chosen
  }
}
