import Convergence
import OperationStore
import SyncProtocol

/// Who may write: roles, people who are one, devices, and what is held.
extension Administration {
  /// Puts somebody on a visit, with what was said of their devices before.
  func put(
    _ member: Decrees.Member,
    on visit: VisitID,
    service: Service,
    store: OperationStore,
    now: Int64
  ) throws(Problem) -> Value {
    let cells = try service.cells(of: visit, store: store)
    let cut = try service.cut(of: member.person, in: visit, store: store)
    let drafts = try decrees.put(member, cut, cells)
    let revoked = try service.revocations(of: [member.person], in: visit, store: store)
    try service.decree(drafts + revoked, in: visit, now: now, store: store)
    return Self.value(member, visit: visit)
  }

  /// Makes two people one wherever both are or were on a visit; with themselves, on every visit
  /// where they are joined.
  func join(
    _ wanted: String,
    _ other: String,
    _ because: String,
    service: Service,
    store: OperationStore,
    now: Int64
  ) throws(Problem) -> Value {
    let (person, name) = try person(wanted, service: service, store: store)
    let (twin, twinName) = try self.person(other, service: service, store: store)
    var drafts: [(visit: VisitID, drafts: [Draft])] = []
    for overview in try service.overviews(store) {
      let members = overview.members.map(\.person)
      guard members.contains(person), members.contains(twin) else { continue }
      let cells = try service.cells(of: overview.visit, store: store)
      let said = cells[CellKey(.named("visit"), "joined", slot: person.text)].siblings
      if said.isEmpty && person == twin { continue }
      if said.count == 1, said[0].value["with"]?.string == twin.text { continue }
      drafts.append((overview.visit, try decrees.join(person, twin, because, cells)))
    }
    guard !drafts.isEmpty else {
      throw Problem(
        .unknown,
        person == twin
          ? "\(name) is joined with nobody."
          : "\(name) and \(twinName) are on no visit together where that is not so already."
      )
    }
    try service.decree(drafts, now: now, store: store)
    return .object([
      "name": .string(name), "person": .string(person.text),
      "visits": .list(drafts.map { .string($0.visit.text) }), "with": .string(twin.text),
      "withName": .string(twinName),
    ])
  }

  /// Revokes a device everywhere.
  func revoke(
    _ wanted: String,
    _ spared: [String],
    _ because: String,
    service: Service,
    store: OperationStore,
    now: Int64
  ) throws(Problem) -> Value {
    let device = try service.device(wanted, store: store)
    var exceptions: [ReplicaID] = []
    for word in spared { exceptions.append(try service.device(word, store: store).replica) }
    let done = try service.revoke(
      device.replica,
      because: because,
      sparing: exceptions,
      now: now,
      store: store
    )
    return .object([
      "device": .string(device.device), "name": .string(device.name),
      "person": .string(device.person.text),
      "replicas": .list(done.replicas.map { .string($0.text) }),
      "visits": .list(done.visits.map { .string($0.text) }),
    ])
  }

  /// Decides on what is held.
  func decide(
    _ decision: AdminCall.Decision,
    service: Service,
    store: OperationStore,
    now: Int64
  ) throws(Problem) -> Value {
    let device = try service.device(decision.replica, store: store)
    let hashes = try service.decide(
      isRelease: decision.isRelease,
      device.replica,
      decision.batches,
      because: decision.because,
      in: decision.visit,
      decrees,
      now: now,
      store: store
    )
    return .object([
      "batches": .list(hashes.map { .string($0.text) }), "device": .string(device.device),
      "name": .string(device.name), "release": .bool(decision.isRelease),
      "replica": .string(device.replica.text), "visit": .string(decision.visit.text),
    ])
  }
}
