public import Convergence
public import OperationStore
public import SyncProtocol

// "Is everything in?": what the server knows to exist, beside what it holds. One small document a
// device and visit, written in the transaction that answers the device anyway.

extension Service {
  /// Notes that a device spoke of its visits, and what it is about to bring.
  ///
  /// Should its connection break now, the server knows what it lacks. Only visits that the caller may
  /// bring work to count, and only replicas whose certificates are held: nobody can invent a device.
  ///
  /// - Throws: `StoreError`; `Problem` never leaves it.
  func noteIntake(
    _ hello: Hello,
    from caller: Caller,
    now: Int64,
    store: OperationStore
  ) throws(StoreError) {
    let held = try store.visits()
    var visits: Set<VisitID> = []
    for progress in hello.visits where held.contains(progress.visit) {
      let membership = Membership(authority: try store.authority(of: progress.visit))
      guard Action.push.isAllowed(role: membership.role(of: caller.person)) else { continue }
      visits.insert(progress.visit)
    }
    for visit in visits.sorted() {
      var heard = try Heard(visit, caller.replica, store)
      heard.seen = now
      try heard.save(store)
    }
    for stream in hello.outbound where visits.contains(stream.visit) {
      try noteIntake(of: stream.replica, to: stream.lastCounter, in: stream.visit, store: store)
    }
  }

  /// Notes that a replica wrote up to a counter: a device said so.
  private func noteIntake(
    of replica: ReplicaID,
    to lastCounter: Int64,
    in visit: VisitID,
    store: OperationStore
  ) throws(StoreError) {
    guard try store.certificate(of: replica) != nil else { return }
    var heard = try Heard(visit, replica, store)
    guard lastCounter > heard.known else { return }
    heard.known = lastCounter
    try heard.save(store)
  }

  /// How much of a visit is in: a statement for each device of each person who is or was on it.
  ///
  /// Removed people and replicas that handed over to a successor are named only while something of
  /// theirs is missing.
  ///
  /// - Parameters:
  ///   - visit: The visit.
  ///   - own: The device that asks, which knows more of itself; `nil` to name all.
  ///   - store: The store.
  /// - Returns: By person, then replica.
  /// - Throws: ``Problem``: `unknown` visit, `unavailable`.
  /// - Complexity: O(devices of the people on the visit).
  public func intake(
    of visit: VisitID,
    besides own: ReplicaID? = nil,
    store: OperationStore
  ) throws(Problem) -> Intake {
    guard try stored({ () throws(StoreError) in try store.visits().contains(visit) }) else {
      throw Problem(.unknown, "There is no visit \(visit) on this server.")
    }
    // What batches that wait build on is written down once, for whoever looks for it.
    let absent = try absentBatches(of: visit, store: store)
    return try stored { () throws(StoreError) in
      let members = Membership(authority: try store.authority(of: visit)).members
      let vector = try store.vector(of: visit)
      var held: [ReplicaID: Int64] = [:]
      for entry in vector.entries {
        held[entry.stream.replica] = max(held[entry.stream.replica] ?? 0, entry.lastCounter)
      }
      var proved: [ReplicaID: Int64] = [:]
      var lost: [ReplicaID: Int64] = [:]
      for batch in absent {
        let last = batch.end.lastCounter
        if batch.isDeclared {
          lost[batch.end.replica] = max(lost[batch.end.replica] ?? 0, last)
        } else {
          proved[batch.end.replica] = max(proved[batch.end.replica] ?? 0, last)
        }
      }
      var devices: [Intake.Device] = []
      for member in members {
        devices += try self.devices(of: member, in: visit, held: held, store: store) {
          replica,
          said in
          // Nobody waits for what was declared lost.
          let heard = said <= lost[replica] ?? 0 ? 0 : said
          return max(heard, proved[replica] ?? 0)
        }
      }
      return Intake(visit: visit, devices: devices.filter { own == nil || $0.replica != own })
    }
  }

  private func devices(
    of member: VisitOverview.Member,
    in visit: VisitID,
    held: [ReplicaID: Int64],
    store: OperationStore,
    known: (ReplicaID, Int64) -> Int64
  ) throws(StoreError) -> [Intake.Device] {
    let certificates = try store.certificates(of: member.person)
    let issuers = Set(certificates.map(\.issuer.replicaID))
    let isOn = member.role != "none"
    guard !certificates.isEmpty else {
      let nobody = Intake.Device(
        person: member.person,
        replica: nil,
        name: "",
        held: 0,
        known: 0,
        seen: nil
      )
      return isOn ? [nobody] : []
    }
    var devices: [Intake.Device] = []
    for certificate in certificates {
      guard case .device(_, let name) = certificate.holder else { continue }
      let heard = try Heard(visit, certificate.replica, store)
      let device = Intake.Device(
        person: member.person,
        replica: certificate.replica,
        name: name,
        held: held[certificate.replica] ?? 0,
        known: known(certificate.replica, heard.known),
        seen: heard.seen
      )
      let isCurrent = isOn && !issuers.contains(certificate.replica)
      if isCurrent || device.known > device.held { devices.append(device) }
    }
    return devices
  }
}

/// What was heard of one device about one visit.
private struct Heard {
  var seen: Int64?
  var known: Int64

  private let kind: String
  private let key: String

  init(_ visit: VisitID, _ replica: ReplicaID, _ store: OperationStore) throws(StoreError) {
    kind = "intake/\(visit.text)"
    key = replica.text
    let value = try store.document(kind, key)
    seen = value?["seen"]?.int
    known = value?["known"]?.int ?? 0
  }

  func save(_ store: OperationStore) throws(StoreError) {
    var members: [Value.Map.Member] = [.init(key: "known", value: .int(known))]
    if let seen { members.append(.init(key: "seen", value: .int(seen))) }
    try store.setDocument(kind, key, Value.Map(members).map { .map($0) } ?? .object([:]))
  }
}
