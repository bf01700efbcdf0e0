public import Convergence
public import OperationStore
public import SyncProtocol

/// Devices that were lost or stolen.
///
/// What a revocation means for the state is written into every visit, as the authority's words on
/// each replica that it covers. What it means on the wire, that the device reads no more, is the
/// server's own business: it is asked here and nowhere else.
extension Service {
  /// What became of a revocation.
  public struct Revocation: Hashable, Sendable {
    /// The replicas that it covers, the one that was named first.
    public let replicas: [ReplicaID]

    /// The visits in which it was written down.
    public let visits: [VisitID]
  }

  /// Revokes a device: its replica, and what that certified, in every visit that its person is or
  /// was on.
  ///
  /// What the server holds of each by now stands. What turns up later is kept, without effect, until
  /// a person decides; and a replica that was certified by one of these and that nobody here knows
  /// yet is revoked when its first batch comes (``revoking(_:of:newEpoch:now:store:)``).
  ///
  /// - Parameters:
  ///   - replica: The replica.
  ///   - because: Why; everybody on the visits can read it.
  ///   - spared: Replicas that it certified, directly or not, and that are in good hands: they go
  ///     on, and so does what they certified.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: What was covered, and where it was written down.
  /// - Throws: ``Problem``: `unknown` replica, `malformed` reason or exception, `unavailable`. Nothing
  ///   was written then.
  /// - Complexity: O(length of the logs of the person's visits).
  public func revoke(
    _ replica: ReplicaID,
    because: String,
    sparing spared: [ReplicaID] = [],
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> Revocation {
    guard (1...Limits.textBytes).contains(because.utf8.count) else {
      throw Problem(.malformed, "A reason has 1 to \(Limits.textBytes) bytes.")
    }
    let certificates = try stored { () throws(StoreError) in try store.certificates() }
    guard let root = certificates.first(where: { $0.replica == replica }), root.person != .authority
    else { throw Problem(.unknown, "There is no device \(replica) here. See: device list.") }
    let line = Self.descendants(of: [replica], among: certificates, sparing: [])
    for other in spared where other == replica || !line.contains(other) {
      throw Problem(
        .malformed,
        "\(other) was not certified by that device, so the revocation does not concern it."
      )
    }
    let covered = Self.descendants(of: [replica], among: certificates, sparing: Set(spared))
    let visits = try concerned(root.person, covered, store: store)
    var cuts: [VisitID: [Dependency]] = [:]
    for visit in visits {
      cuts[visit] = try cut(in: visit, store: store) { covered.contains($0.replica) }
    }
    let record = Value.object(["at": .int(now), "because": .string(because)])
    try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        for one in covered { try store.setDocument(Self.register, one.text, record) }
        for one in spared {
          try store.setDocument(Self.register, one.text, .object(["spared": .bool(true)]))
        }
        for visit in visits {
          let drafts = try revocations(
            of: covered,
            because: because,
            cut: cuts[visit] ?? [],
            in: visit,
            store: store
          )
          try say(drafts, in: visit, now: now, store: store)
        }
      }
    }
    return Revocation(replicas: covered, visits: visits)
  }

  /// What the authority has to say in a visit of the devices of some people that were revoked
  /// before: in a new visit, and where somebody is put on one.
  ///
  /// - Parameters:
  ///   - people: Who is put on the visit.
  ///   - visit: The visit, which need not be there yet.
  ///   - store: The store.
  /// - Returns: What to write; nothing where nothing was revoked.
  /// - Throws: ``Problem`` `unavailable`.
  func revocations(
    of people: [PersonID],
    in visit: VisitID,
    store: OperationStore
  ) throws(Problem) -> [Draft] {
    let (covered, isHeld) = try stored { () throws(StoreError) in
      var covered: [ReplicaID] = []
      for certificate in try store.certificates() where people.contains(certificate.person) {
        if try isRevoked(certificate, store: store) { covered.append(certificate.replica) }
      }
      return (covered, try store.visits().contains(visit))
    }
    guard !covered.isEmpty else { return [] }
    let because = "The device was revoked before."
    guard isHeld else { return covered.map { Self.revocation(of: $0, because: because, cut: []) } }
    let cut = try cut(in: visit, store: store) { covered.contains($0.replica) }
    return try stored { () throws(StoreError) in
      try revocations(of: covered, because: because, cut: cut, in: visit, store: store)
    }
  }

  /// Revokes a replica that turns up behind a revocation, in the transaction that admits its first
  /// batch.
  ///
  /// Its certificate rests on a replica that was revoked, and the revocation did not know of it. So
  /// nothing of it was here by then: the cut is empty. As the authority says so in the visit, every
  /// device comes to the same effect.
  ///
  /// - Parameters:
  ///   - outcome: What became of a batch.
  ///   - verified: The batch.
  ///   - newEpoch: 16 random bytes, for a new history if one must begin.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: What to answer.
  /// - Throws: `StoreError`.
  func revoking(
    _ outcome: BatchResult.Outcome,
    of verified: VerifiedBatch,
    newEpoch: Epoch,
    now: Int64,
    store: OperationStore
  ) throws(StoreError) -> BatchResult.Outcome {
    let batch = verified.batch
    // What was not admitted may be of a visit that is not here.
    guard Self.isNew(outcome) else { return outcome }
    // Where work is lost, any batch may be the first of a replica.
    var mayBeFirst = batch.number == 1
    if !mayBeFirst { mayBeFirst = try store.hasDeclaredGaps(in: batch.visit) }
    guard mayBeFirst,
      let certificate = try store.certificate(of: batch.replica),
      certificate.person != .authority,
      try store.authority(of: batch.visit)[Self.cell(of: batch.replica)].isEmpty,
      try isRevoked(certificate, in: batch.visit, store: store)
    else { return outcome }
    let because = "It was certified by a device that was revoked."
    let draft = Self.revocation(of: batch.replica, because: because, cut: [])
    try leaveFork(in: batch.visit, newEpoch: newEpoch, now: now, store: store)
    try say([draft], in: batch.visit, now: now, store: store)
    if case .ok(let position) = outcome { return .held(position: position) }
    return outcome
  }

  /// Revokes the replicas that turned up in a visit behind a revocation without a push of their own:
  /// by file, or because what they waited for came.
  ///
  /// The same as ``revoking(_:of:newEpoch:now:store:)``, in the transaction that admitted them.
  ///
  /// - Throws: `StoreError`.
  func revokeNewcomers(
    in visit: VisitID,
    now: Int64,
    store: OperationStore
  ) throws(StoreError) {
    var newcomers: [ReplicaID] = []
    for replica in Set(try store.vector(of: visit).entries.map(\.stream.replica)).sorted() {
      guard let certificate = try store.certificate(of: replica),
        certificate.person != .authority,
        try store.authority(of: visit)[Self.cell(of: replica)].isEmpty,
        try isRevoked(certificate, in: visit, store: store)
      else { continue }
      newcomers.append(replica)
    }
    let because = "It was certified by a device that was revoked."
    let drafts = newcomers.map { Self.revocation(of: $0, because: because, cut: []) }
    if !drafts.isEmpty { try say(drafts, in: visit, now: now, store: store) }
  }

  /// Whether a device reads no more: it was revoked, or a replica that its certificate rests on, and
  /// nobody vouched for it then.
  ///
  /// - Parameters:
  ///   - certificate: The device's certificate.
  ///   - visit: A visit whose authority may have said so, if the server's own list does not: after a
  ///     restore from a backup that is older than the revocation.
  ///   - store: The store.
  /// - Returns: Whether it was.
  /// - Throws: `StoreError`.
  /// - Complexity: O(replicas that the certificate rests on).
  package func isRevoked(
    _ certificate: Certificate,
    in visit: VisitID? = nil,
    store: OperationStore
  ) throws(StoreError) -> Bool {
    let authority = try visit.map { (visit) throws(StoreError) in try store.authority(of: visit) }
    // A certificate is admitted behind the one that it rests on, so that this ends.
    var next: Certificate? = certificate
    while let current = next {
      if let record = try store.document(Self.register, current.replica.text) {
        return record["spared"]?.bool != true
      }
      if authority?[Self.cell(of: current.replica)].isEmpty == false { return true }
      guard current.issuer != keys.identity.publicKey else { return false }
      next = try store.certificate(of: current.issuer.replicaID)
    }
    return false
  }

  /// Whether a caller reads no more, by the server's list or by what stands in a visit of its hello.
  ///
  /// - Throws: ``Problem`` `unavailable`.
  func isRevoked(_ caller: Caller, _ hello: Hello, store: OperationStore) throws(Problem) -> Bool {
    try stored { () throws(StoreError) in
      if try isRevoked(caller.certificate, store: store) { return true }
      let held = try store.visits()
      for progress in hello.visits where held.contains(progress.visit) {
        if try isRevoked(caller.certificate, in: progress.visit, store: store) { return true }
      }
      return false
    }
  }

  /// Whether a caller reads no more, as a problem to answer.
  ///
  /// - Throws: ``Problem``: `revoked`; `unavailable`.
  func checkIsNotRevoked(
    _ caller: Caller,
    in visit: VisitID? = nil,
    store: OperationStore
  ) throws(Problem) {
    guard
      try stored({ () throws(StoreError) in
        try isRevoked(caller.certificate, in: visit, store: store)
      })
    else { return }
    throw Problem(
      .revoked,
      "This device was revoked. What it brings is kept for a person to decide; it reads no more."
    )
  }

  // MARK: Parts

  /// Where the server lists what was revoked, for visits to come and for the wire.
  private static let register = "revoked"

  private static func cell(of replica: ReplicaID) -> CellKey {
    CellKey(.named("visit"), "revoked", slot: replica.text)
  }

  static func isNew(_ outcome: BatchResult.Outcome) -> Bool {
    switch outcome {
    case .ok, .held, .fork, .late: true
    case .duplicate, .gap, .missing, .notOnVisit, .bad: false
    }
  }

  /// Some replicas and all that they certified, directly or not, behind them.
  private static func descendants(
    of roots: [ReplicaID],
    among certificates: [Certificate],
    sparing spared: Set<ReplicaID>
  ) -> [ReplicaID] {
    var found = roots
    var index = 0
    while index < found.count {
      for certificate in certificates
      where certificate.issuer.replicaID == found[index] && !found.contains(certificate.replica)
        && !spared.contains(certificate.replica)
      {
        found.append(certificate.replica)
      }
      index += 1
    }
    return found
  }

  /// The visits that a person is or was on, or some replicas wrote in.
  private func concerned(
    _ person: PersonID,
    _ replicas: [ReplicaID],
    store: OperationStore
  ) throws(Problem) -> [VisitID] {
    try stored { () throws(StoreError) in
      var visits: [VisitID] = []
      for visit in try store.visits() {
        let role = Membership(authority: try store.authority(of: visit)).role(of: person)
        let hasWritten = try store.vector(of: visit).entries.contains {
          replicas.contains($0.stream.replica)
        }
        if role != nil || hasWritten { visits.append(visit) }
      }
      return visits
    }
  }

  /// What is to be said of replicas on which nothing is said yet: the first cut stands.
  private func revocations(
    of replicas: [ReplicaID],
    because: String,
    cut: [Dependency],
    in visit: VisitID,
    store: OperationStore
  ) throws(StoreError) -> [Draft] {
    let authority = try store.authority(of: visit)
    return replicas.filter { authority[Self.cell(of: $0)].isEmpty }.map { replica in
      Self.revocation(of: replica, because: because, cut: cut.filter { $0.replica == replica })
    }
  }

  private static func revocation(
    of replica: ReplicaID,
    because: String,
    cut: [Dependency]
  ) -> Draft {
    Draft(
      Assignment(
        record: .named("visit"),
        field: "revoked",
        slot: replica.text,
        value: .object(["because": .string(because), "cut": .list(cut.map(\.value))])
      )
    )
  }
}
