public import Convergence
public import OperationStore
public import SyncProtocol

/// What a server answers, as plain calls on a store: no clock, no randomness, no network of its own.
///
/// The daemon runs it behind an actor, the simulator in a loop; both run this.
public struct Service: Sendable {
  /// The server's keys.
  public let keys: ServerKeys

  /// Makes a service.
  public init(keys: ServerKeys) { self.keys = keys }

  /// The history that positions count in.
  ///
  /// - Throws: ``Problem`` `unavailable` if the store was never initialised or does not read.
  public func epoch(_ store: OperationStore) throws(Problem) -> Epoch {
    guard let text = try stored({ () throws(StoreError) in try store.document("server", "epoch") }),
      let epoch = text.string.flatMap({ Epoch(text: $0) })
    else { throw Problem(.unavailable, "The server was not initialised.") }
    return epoch
  }

  /// The server's name.
  ///
  /// - Throws: ``Problem`` `unavailable`.
  public func name(_ store: OperationStore) throws(Problem) -> String {
    try stored { () throws(StoreError) in try store.document("server", "name") }?.string ?? ""
  }

  /// Checks the nonce and the proof of a request (section 9.1).
  ///
  /// - Parameters:
  ///   - proof: What the request carries, if it carries one.
  ///   - method: `GET` or `POST`.
  ///   - target: Path and query.
  ///   - body: The body as sent.
  ///   - isCompressed: Whether it is compressed.
  ///   - nonces: The nonces of this run.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: Who asks.
  /// - Throws: ``Problem``: `nonce`, `credential`, `unavailable`.
  public func caller(
    _ proof: RequestProof?,
    method: String,
    target: String,
    body: [UInt8],
    isCompressed: Bool = false,
    nonces: Nonces,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> Caller {
    try Caller(
      proof,
      method: method,
      target: target,
      body: body,
      isCompressed: isCompressed,
      nonces: nonces,
      now: now,
      identity: keys.identity.publicKey
    ) { (replica) throws(Problem) in
      try stored { () throws(StoreError) in try store.certificate(of: replica) }
    }
  }

  /// Reads a hello as the server answers it.
  ///
  /// - Throws: ``Problem``: `upgrade` where no version is shared, `malformed`.
  public static func hello(_ value: Value) throws(Problem) -> Hello {
    do throws(ProtocolError) {
      return try Hello(value)
    } catch {
      throw Problem(error.code == .version ? .upgrade : .malformed, error.message)
    }
  }

  /// Answers a hello (section 9.3).
  ///
  /// - Throws: ``Problem`` `unavailable`.
  public func answer(
    _ hello: Hello,
    from caller: Caller,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> HelloAnswer {
    let epoch = try epoch(store)
    try introduce(caller, store: store)
    var state = HelloAnswer.State.ok
    for progress in hello.visits {
      // Position 0 claims nothing but the history.
      guard let cursor = progress.cursor, let digest = progress.digest, cursor.epoch == epoch,
        cursor.position > 0
      else { continue }
      // A visit that is not here is answered like one of others: nothing is given away.
      let isOwn = try role(of: caller, on: progress.visit, store: store) != nil
      let isOurs = try stored { () throws(StoreError) in
        guard isOwn else { return false }
        let log = try store.logDigest(of: progress.visit)
        guard cursor.position <= log.position else { return false }
        return try store.logDigest(of: progress.visit, at: cursor.position).hash == digest
      }
      if !isOurs { state = .rewound }
    }
    for entry in hello.acknowledged where entry.cursor.epoch == epoch {
      let isOwn = try role(of: caller, on: entry.visit, store: store) != nil
      let isThere = try stored { () throws(StoreError) in
        guard isOwn else { return false }
        return try store.entries(
          of: entry.visit,
          after: entry.cursor.position - 1,
          count: 1,
          bytes: 0
        ).entries.first?.hash == entry.hash
      }
      if !isThere { state = .rewound }
    }
    // A store that went back knows an older token than an honest device does.
    let isTold = state == .rewound
    let token = try token(of: hello, from: caller, isTold: isTold, now: now, store: store)
    switch token {
    case .accepted: break
    case .fromLater: state = .rewound
    // An old request that arrives again knows no better than the store; nobody waits for its answer.
    case .unknown: state = isTold ? .rewound : .cloned
    }
    if state == .ok, try hasForked(caller.replica, in: hello, store: store) { state = .forked }
    // What a revoked device brought was admitted, and is lost here like anybody's if the store went
    // back: it is told so first.
    if state != .rewound, try isRevoked(caller, hello, store: store) { state = .revoked }
    return HelloAnswer(
      time: now,
      epoch: epoch,
      state: state,
      server: try name(store),
      receipt: token.receipt?.text
    )
  }

  /// Whether the caller's replica has branches in a visit of its hello.
  private func hasForked(
    _ replica: ReplicaID,
    in hello: Hello,
    store: OperationStore
  ) throws(Problem) -> Bool {
    try stored { () throws(StoreError) in
      let held = try store.visits()
      for progress in hello.visits where held.contains(progress.visit) {
        if try store.hasForked(replica, in: progress.visit) { return true }
      }
      return false
    }
  }

  /// The visits of a person (section 9.4), sorted.
  ///
  /// - Throws: ``Problem``: `revoked`, `unavailable`.
  public func visits(of caller: Caller, store: OperationStore) throws(Problem) -> [VisitSummary] {
    try checkIsNotRevoked(caller, store: store)
    return try stored { () throws(StoreError) in
      var summaries: [VisitSummary] = []
      for visit in try store.visits() {
        let membership = Membership(authority: try store.authority(of: visit))
        guard let role = membership.role(of: caller.person), Action.read.isAllowed(role: role)
        else { continue }
        summaries.append(
          VisitSummary(
            visit: visit,
            title: membership.title,
            role: role,
            digest: try store.logDigest(of: visit),
            framework: membership.framework
          )
        )
      }
      return summaries
    }
  }

  /// The role of a caller on a visit: `none` after removal, `nil` for a stranger, and for a visit that
  /// does not exist.
  func role(
    of caller: Caller,
    on visit: VisitID,
    store: OperationStore
  ) throws(Problem) -> String? {
    try role(of: caller.person, on: visit, store: store)
  }

  /// The role of a person, likewise.
  func role(
    of person: PersonID,
    on visit: VisitID,
    store: OperationStore
  ) throws(Problem) -> String? {
    try stored { () throws(StoreError) -> String? in
      guard try store.visits().contains(visit) else { return nil }
      return Membership(authority: try store.authority(of: visit)).role(of: person)
    }
  }

  /// Refuses what a caller may not do on a visit.
  func check(
    _ action: Action,
    on visit: VisitID,
    by caller: Caller,
    store: OperationStore
  ) throws(Problem) {
    let role = try role(of: caller, on: visit, store: store)
    guard action.isAllowed(role: role) else {
      // A visit that does not exist is answered like one of others: nothing is given away.
      throw Problem(
        .notOnVisit,
        "\(caller.certificate.name) is not on visit \(visit). Ask who leads it to add you."
      )
    }
  }

  /// Writes something that nobody reads, to find out whether the store can be written.
  ///
  /// - Parameters:
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Throws: ``Problem`` `unavailable`, with what is wrong.
  func checkWriting(now: Int64, store: OperationStore) throws(Problem) {
    try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        try store.setDocument("server", "checked", .int(now))
      }
    }
  }

  /// Runs a call on the store; its failures become the one answer that a client understands.
  func stored<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws(Problem) -> Result {
    do throws(StoreError) {
      return try body()
    } catch {
      throw Problem(.unavailable, "The server's store: \(error.message)")
    }
  }
}
