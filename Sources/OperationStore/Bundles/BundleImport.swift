public import Convergence
public import SyncProtocol

/// Takes a bundle into a store: a device's or a server's (section 8.3).
///
/// Taking one in twice changes nothing, and files may come partly, repeatedly and in any order: what
/// builds on something that is not here yet waits for it.
public struct BundleImport {
  /// A batch that reads, and where it stands.
  private struct Incoming {
    let batch: Batch
    let sealed: SealedBatch
    let entry: BundleContents.Entry
    let position: Int64?
  }

  private let identity: PublicKey
  private let key: SigningKey?
  private let person: PersonID?
  private let now: Int64

  /// Prepares to import.
  ///
  /// - Parameters:
  ///   - identity: The server's identity key, pinned: nothing else is believed.
  ///   - key: The key of the store's own replica, which seals what is open before anything foreign
  ///     comes in; `nil` where it is not there.
  ///   - person: Whose device it is: only visits that they are on are made here; `nil` for a server.
  ///   - now: The clock of whoever imports, in milliseconds since 1970.
  public init(identity: PublicKey, key: SigningKey?, person: PersonID?, now: Int64) {
    self.identity = identity
    self.key = key
    self.person = person
    self.now = now
  }

  /// Takes in what was whole in a bundle, each visit in a transaction of its own.
  ///
  /// - Returns: What became of it.
  /// - Throws: ``StoreError`` if the store fails; the visits before that are in.
  public func take(
    _ contents: BundleContents,
    into store: OperationStore
  ) throws(StoreError) -> BundleReport {
    var report = BundleReport()
    report.problems = contents.problems
    try takeCertificates(contents, into: store, &report)
    report.maker = try contents.header?.maker.flatMap { (maker) throws(StoreError) in
      try store.certificate(of: maker)
    }
    report.closing = contents.closing.verdict(maker: report.maker?.key)
    var visits: [VisitID] = contents.header?.parts.map(\.visit) ?? []
    var incoming: [VisitID: [Incoming]] = [:]
    for entry in contents.entries {
      guard let found = Self.incoming(entry, &report) else { continue }
      let visit = found.batch.visit
      if incoming[visit] == nil, !visits.contains(visit) { visits.append(visit) }
      incoming[visit, default: []].append(found)
    }
    for visit in visits {
      var part = BundleReport.Part(visit)
      let batches = incoming[visit] ?? []
      Self.count(batches, of: contents.header?.parts.first { $0.visit == visit }, &part)
      try take(batches, of: visit, into: store, &part, &report)
      report.parts.append(part)
    }
    return report
  }

  private static func incoming(
    _ entry: BundleContents.Entry,
    _ report: inout BundleReport
  ) -> Incoming? {
    let sealed: SealedBatch
    var position: Int64?
    switch entry.item {
    case .certificate: return nil
    case .open:
      report.openOperations += 1
      return nil
    case .batch(let batch, let place):
      sealed = batch
      position = place?.position
    case .rescued(let batch, _): sealed = batch
    }
    do throws(ProtocolError) {
      let batch = try Batch(line: sealed.line)
      return Incoming(batch: batch, sealed: sealed, entry: entry, position: position)
    } catch {
      report.refuse(entry, nil, error)
      return nil
    }
  }

  /// What the file promised of a visit and does not hold.
  private static func count(
    _ batches: [Incoming],
    of stated: BundleHeader.Part?,
    _ part: inout BundleReport.Part
  ) {
    guard let stated else { return }
    let found = Set(batches.compactMap(\.position)).sorted()
    part.lost = max(0, stated.batches - Int64(found.count))
    guard part.lost > 0, stated.first >= 1, stated.first <= stated.last else { return }
    var next = stated.first
    for position in found where position >= next && position <= stated.last {
      if position > next { part.lostBetween.append(next...position - 1) }
      next = position + 1
    }
    if next <= stated.last { part.lostBetween.append(next...stated.last) }
  }

  // MARK: Certificates

  private func takeCertificates(
    _ contents: BundleContents,
    into store: OperationStore,
    _ report: inout BundleReport
  ) throws(StoreError) {
    var left: [(entry: BundleContents.Entry, sealed: SealedCertificate)] = []
    var seen: Set<SealedCertificate> = []
    for entry in contents.entries {
      guard case .certificate(let sealed) = entry.item, seen.insert(sealed).inserted else {
        continue
      }
      left.append((entry, sealed))
    }
    guard !left.isEmpty else { return }
    let identity = identity
    // A chain stands in order; where a part of it was lost, one that others rest on may come later.
    var refused: [(entry: BundleContents.Entry, error: ProtocolError)] = []
    try store.transaction { () throws(StoreError) in
      var isMoving = true
      while isMoving, !left.isEmpty {
        isMoving = false
        var again: [(entry: BundleContents.Entry, sealed: SealedCertificate)] = []
        refused = []
        for (entry, sealed) in left {
          switch try store.admit(sealed, identity: identity) {
          case .success: isMoving = true
          case .failure(let error):
            again.append((entry, sealed))
            refused.append((entry, error))
          }
        }
        left = again
      }
    }
    for (entry, error) in refused { report.refuse(entry, nil, error) }
  }

  // MARK: One visit

  private func take(
    _ incoming: [Incoming],
    of visit: VisitID,
    into store: OperationStore,
    _ part: inout BundleReport.Part,
    _ report: inout BundleReport
  ) throws(StoreError) {
    let before = part
    var refusals: [(incoming: Incoming, error: ProtocolError)] = []
    do throws(StoreError) {
      try store.transaction { () throws(StoreError) in
        refusals = []
        let known = try prepare(visit, incoming, in: store, &part)
        for batch in incoming {
          try take(batch, into: store, &part) { refusals.append((batch, $0)) }
        }
        if part.isNewVisit {
          try store.admitWaiting(of: visit)
          try check(visit, in: store)
        }
        try describe(visit, since: known, in: store, &part)
      }
    } catch {
      guard error.code == .refused else { throw error }
      part = before
      part.obstacle = error.message
      refusals = []
    }
    for (batch, error) in refusals { report.refuse(batch.entry, batch.batch, error) }
  }

  /// Seals what is open, or makes the visit; answers how far the log went before.
  private func prepare(
    _ visit: VisitID,
    _ incoming: [Incoming],
    in store: OperationStore,
    _ part: inout BundleReport.Part
  ) throws(StoreError) -> Int64 {
    guard try store.workspace(visit) != nil else {
      for batch in incoming where try isFounding(batch, in: store) {
        try store.addVisit(visit)
        part.isNewVisit = true
        return 0
      }
      return 0
    }
    // What was written here had seen nothing of the file: it is sealed before, or never.
    if try store.unsentCounts(of: visit).openOperations > 0 {
      guard let key else {
        throw StoreError(
          .refused,
          "Changes in this visit can only be signed with the key of this device, which is not here."
        )
      }
      try store.seal(visit, key: key, received: now)
    }
    return try store.logDigest(of: visit).position
  }

  /// Whether a batch is the first of a visit that this server made.
  private func isFounding(
    _ incoming: Incoming,
    in store: OperationStore
  ) throws(StoreError) -> Bool {
    let batch = incoming.batch
    guard batch.number == 1, let certificate = try store.certificate(of: batch.replica),
      certificate.holder == .authority,
      (try? VerifiedBatch(incoming.sealed, batch: batch, certificate: certificate)) != nil
    else { return false }
    return batch.operations.contains { operation in
      operation["k"]?.string == "set" && operation["at"]?.string == "visit"
        && operation["f"]?.string == "identity"
        && operation["v"]?["key"]?.string == identity.text
    }
  }

  private func take(
    _ incoming: Incoming,
    into store: OperationStore,
    _ part: inout BundleReport.Part,
    refuse: (ProtocolError) -> Void
  ) throws(StoreError) {
    if try store.holds(incoming.batch, incoming.sealed.hash) {
      part.known += 1
      return
    }
    let certificate = try store.certificate(of: incoming.batch.replica)
    guard let certificate else {
      return refuse(
        ProtocolError(.certificate, "the certificate of its author is neither here nor in the file")
      )
    }
    let verified: VerifiedBatch
    do throws(ProtocolError) {
      verified = try VerifiedBatch(
        incoming.sealed,
        batch: incoming.batch,
        certificate: certificate
      )
    } catch {
      return refuse(error)
    }
    let isOwn = try store.ownReplica() == incoming.batch.replica
    switch try store.admit(verified, received: now) {
    case .ok, .fork, .late, .held: if isOwn { part.ownReturned += 1 }
    case .duplicate: part.known += 1
    case .gap, .missing, .bad(.visit):
      if try !store.keepWaiting(verified, received: now) { part.turnedAway += 1 }
    case .notOnVisit: break  // a store turns nobody away; a server does
    case .bad(let why):
      refuse(ProtocolError(why, "the batch contradicts what is here (\(why.rawValue))"))
    }
  }

  /// Only visits that the person is on are made on a device: others' are none of its business, and
  /// the server would refuse to sync them.
  private func check(_ visit: VisitID, in store: OperationStore) throws(StoreError) {
    guard let person else { return }
    let key = CellKey(.named("visit"), "member", slot: person.text)
    guard try store.authority(of: visit)[key].isEmpty else { return }
    throw StoreError(
      .refused,
      "You are not on this visit, so nothing of it was taken. Ask the organiser to put you on it."
    )
  }

  private func describe(
    _ visit: VisitID,
    since position: Int64,
    in store: OperationStore,
    _ part: inout BundleReport.Part
  ) throws(StoreError) {
    let waiting = try store.waiting(of: visit)
    part.waiting = Int64(waiting.count)
    part.needs = Set(waiting.flatMap(\.needs)).sorted()
    guard let workspace = try store.workspace(visit) else { return }
    (part.new, part.newOperations) = try store.arrivals(in: workspace.row, since: position)
    let title = CellKey(.named("visit"), "title")
    part.title = workspace.authority[title].siblings.compactMap(\.value.string)
      .joined(separator: " / ")
  }
}

extension OperationStore {
  /// Whether a batch is in the log, found by its place in the stream.
  fileprivate func holds(_ batch: Batch, _ hash: Hash256) throws(StoreError) -> Bool {
    guard let workspace = try workspace(batch.visit) else { return false }
    return try holds(
      Dependency(replica: batch.replica, lastCounter: batch.lastCounter, hashPrefix: hash.prefix),
      in: workspace
    )
  }

  /// How many batches came behind a position, and the operations in them.
  fileprivate func arrivals(
    in row: Int64,
    since position: Int64
  ) throws(StoreError) -> (batches: Int64, operations: Int64) {
    var found: (Int64, Int64) = (0, 0)
    try database.rows(
      "SELECT count(*), sum(count) FROM batches WHERE visit = ?1 AND position > ?2",
      .int(row),
      .int(position)
    ) { (row) throws(StoreError) in found = (row.int(0), row.int(1)) }
    return found
  }
}

extension BundleReport {
  /// Notes what was not taken.
  fileprivate mutating func refuse(
    _ entry: BundleContents.Entry,
    _ batch: Batch?,
    _ error: ProtocolError
  ) {
    refused.append(
      Refusal(
        offset: entry.offset,
        inner: entry.inner,
        replica: batch?.replica,
        number: batch?.number,
        code: error.code,
        message: error.message
      )
    )
  }
}
