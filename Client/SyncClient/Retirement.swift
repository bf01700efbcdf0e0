public import Convergence
public import OperationStore
public import SyncProtocol

/// A device that has gone on as a successor of a replica that must not be used any more (3.7).
///
/// The successor's certificate is signed by the old key, so no network and no code is needed. What
/// was sealed under the old name stays; what was not moves, each operation with its first name.
public struct Retirement: Hashable, Sendable {
  /// Why the old replica had to go.
  public let reason: RetireReason

  /// The replica that writes no more.
  public let former: ReplicaID

  /// Who the device writes as now.
  public let enrolment: Enrolment

  /// Operations that the successor took over.
  public let moved: Int

  /// Operations that speak of something that was refused, and are kept for rescue.
  public let stranded: Int

  /// Retires a replica, in one transaction.
  ///
  /// The successor's key has to be on the device's disk before: a device that is broken off in
  /// between goes on with either key, whichever its store then names.
  ///
  /// - Parameters:
  ///   - enrolment: Who the device writes as until now.
  ///   - key: The key of that replica.
  ///   - successor: A new key, of a replica that has written nothing.
  ///   - reason: Why.
  ///   - now: The device's clock, in milliseconds since 1970.
  ///   - store: The device's store.
  /// - Throws: ``SyncFailure``: `store`, also where the key is not that of the enrolment; nothing
  ///   was changed then.
  public init(
    of enrolment: Enrolment,
    key: SigningKey,
    to successor: SigningKey,
    because reason: RetireReason,
    now: Int64,
    store: OperationStore
  ) throws(SyncFailure) {
    let next = enrolment.succeeded(by: successor.publicKey.replicaID)
    let sealed = try Self.certificate(of: next, key, successor, now)
    let succession = try SyncFailure.stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        guard try store.ownReplica() == enrolment.replica,
          key.publicKey.replicaID == enrolment.replica
        else { throw StoreError(.refused, "The key is not that of the replica that writes here.") }
        if case .failure(let error) = try store.admit(sealed, identity: enrolment.identity) {
          throw StoreError(.refused, error.message)
        }
        let succession = try store.succeed(next.replica)
        try next.save(in: store)
        for name in ["token", "proposal", "receipt", "retire", "server"] {
          try store.setDocument("device", name, nil)
        }
        try store.setDocument("device", "unconfirmed", .string(next.replica.text))
        try store.setDocument(
          "retired",
          enrolment.replica.text,
          .object([
            "at": .int(now), "moved": .int(Int64(succession.moved)),
            "reason": .string(reason.rawValue), "stranded": .int(Int64(succession.stranded)),
            "successor": .string(next.replica.text),
          ])
        )
        return succession
      }
    }
    self.reason = reason
    former = enrolment.replica
    self.enrolment = next
    moved = succession.moved
    stranded = succession.stranded
  }

  private static func certificate(
    of next: Enrolment,
    _ key: SigningKey,
    _ successor: SigningKey,
    _ now: Int64
  ) throws(SyncFailure) -> SealedCertificate {
    let certificate = Certificate(
      key: successor.publicKey,
      holder: .device(person: next.person, deviceName: next.deviceName),
      name: next.name,
      issuer: key.publicKey,
      clock: now
    )
    do throws(ProtocolError) {
      return try certificate.sealed(by: key)
    } catch {
      throw SyncFailure(.store, "The cryptography library signed no certificate: \(error.message).")
    }
  }
}

extension Retirement {
  /// Why the device's replica must retire, if it must; from the store alone.
  ///
  /// - Throws: `StoreError`.
  public static func reason(in store: OperationStore) throws(StoreError) -> RetireReason? {
    var reason = try store.document("device", "retire")?.string
      .flatMap { RetireReason(rawValue: $0) }
    guard let own = try store.ownReplica() else { return reason }
    for visit in try store.visits() where try store.hasForked(own, in: visit) {
      reason = RetireReason.forked.joined(reason)
      break
    }
    return reason
  }

  /// Writes down that the replica must retire; with what is known, what tells more stands.
  static func demand(_ reason: RetireReason, in store: OperationStore) throws(StoreError) {
    let earlier = try store.document("device", "retire")?.string
      .flatMap { RetireReason(rawValue: $0) }
    let joined = reason.joined(earlier)
    guard joined != earlier else { return }
    try store.setDocument("device", "retire", .string(joined.rawValue))
  }

  /// Whether no server has yet taken in the certificate of the device's replica.
  static func isUnconfirmed(
    _ enrolment: Enrolment,
    in store: OperationStore
  ) throws(StoreError) -> Bool {
    try store.document("device", "unconfirmed")?.string == enrolment.replica.text
  }

  /// A replica of this device that writes no more, as the store remembers it.
  public struct Record: Hashable, Sendable {
    /// The replica.
    public let replica: ReplicaID

    /// Why it had to go.
    public let reason: RetireReason

    /// When, by the device's clock, in milliseconds since 1970.
    public let time: Int64

    /// The replica that took over what was not sealed.
    public let successor: ReplicaID

    /// Operations that moved.
    public let moved: Int64
  }

  /// The replicas of this device that have retired, the earliest first.
  ///
  /// - Throws: `StoreError`.
  public static func records(in store: OperationStore) throws(StoreError) -> [Record] {
    try store.documents("retired").compactMap { key, value -> Record? in
      guard let replica = ReplicaID(text: key),
        let reason = value["reason"]?.string.flatMap({ RetireReason(rawValue: $0) }),
        let successor = value["successor"]?.string.flatMap({ ReplicaID(text: $0) })
      else { return nil }
      return Record(
        replica: replica,
        reason: reason,
        time: value["at"]?.int ?? 0,
        successor: successor,
        moved: value["moved"]?.int ?? 0
      )
    }
    .sorted { ($0.time, $0.replica) < ($1.time, $1.replica) }
  }
}

extension Enrolment {
  /// The same person on the same device, under another name.
  fileprivate func succeeded(by replica: ReplicaID) -> Enrolment {
    Enrolment(
      server: server,
      identity: identity,
      serverName: serverName,
      person: person,
      name: name,
      deviceName: deviceName,
      replica: replica
    )
  }
}
