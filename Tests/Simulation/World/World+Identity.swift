import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import TestSupport

extension World {
  /// What happens to who may write: removals, revocations, copies, restores, files.
  func strikeIdentity(_ action: Action, _ random: inout SeededGenerator) throws {
    switch action {
    case .remove(let number, let visit):
      guard devices.indices.contains(number), cast.visits.indices.contains(visit) else { return }
      try remove(devices[number].person, from: visit)
    case .revoke(let number, let visit):
      guard devices.indices.contains(number), cast.visits.indices.contains(visit) else { return }
      try revoke(devices[number], on: visit)
    case .copyDevice(let number):
      guard devices.indices.contains(number) else { return }
      devices[number].backup = devices[number].machine.disk?.copy()
    case .restoreDevice(let number):
      guard devices.indices.contains(number) else { return }
      try restore(devices[number])
    case .cloneDevice(let number):
      guard devices.indices.contains(number) else { return }
      try clone(devices[number], &random)
    case .copyServer(let number):
      guard servers.indices.contains(number) else { return }
      servers[number].backup = servers[number].machine.disk?.copy()
    case .restoreServer(let number):
      guard servers.indices.contains(number) else { return }
      try restore(servers[number])
    case .carry(let from, let to):
      guard from != to, devices.indices.contains(from), devices.indices.contains(to) else { return }
      do throws(StoreError) {
        try carry(from: devices[from], to: devices[to])
      } catch {
        // Sealing is the giver's, taking in the taker's; either disk may be full or without power.
        let isGiver = devices[from].machine.isDown || devices[from].machine.disk?.capacity != nil
        try failed(error, devices[isGiver ? from : to])
      }
    default:
      return
    }
  }

  /// What the server writes about a visit; nothing while it is down.
  private func decree(
    on visit: Int,
    _ drafts: (Service, OperationStore, VisitID, Roster) throws -> [Draft]
  ) throws -> Bool {
    let server = servers[cast.visits[visit].server]
    guard let store = server.store else { return false }
    let id = cast.visits[visit].id
    do {
      let roster = Roster(cells: try server.service.cells(of: id, store: store))
      let drafts = try drafts(server.service, store, id, roster)
      try server.service.decree(drafts, in: id, now: serverTime, store: store)
    } catch let problem as Problem {
      if server.machine.isDown {
        try goDown(server)
        return false
      }
      guard problem.code == .unavailable, server.machine.disk?.capacity != nil else {
        throw problem
      }
      return false
    }
    if server.machine.isDown {
      try goDown(server)
      return false
    }
    return true
  }

  private static func cut(_ entries: [Dependency]) -> [Roster.CutEntry] {
    entries.map {
      Roster.CutEntry(
        replica: $0.replica,
        lastCounter: $0.lastCounter,
        hashPrefix: $0.hashPrefix
      )
    }
  }

  private func remove(_ person: PersonID, from visit: Int) throws {
    guard let number = cast.people.firstIndex(where: { $0.id == person }),
      cast.visits[visit].members.contains(number), cast.people[number].role != .lead,
      !removed.contains(Pair(visit: visit, other: number))
    else { return }
    let isDone = try decree(on: visit) { service, store, id, roster in
      let cut = try service.cut(of: person, in: id, store: store)
      return [try roster.remove(person, cut: Self.cut(cut))]
    }
    guard isDone else { return }
    removed.insert(Pair(visit: visit, other: number))
    summary.count(.removal)
    trace("\(cast.people[number].name) is taken off visit \(visit + 1)")
  }

  private func revoke(_ device: SimulatedDevice, on visit: Int) throws {
    guard device.visits.contains(visit) else { return }
    let isDone = try decree(on: visit) { service, store, id, roster in
      let cut = try service.cut(of: device.person, in: id, store: store)
      return [
        try roster.revoke(device.key.publicKey.replicaID, cut: Self.cut(cut), because: "stolen")
      ]
    }
    guard isDone else { return }
    summary.count(.revocation)
    trace("\(device.name) is revoked on visit \(visit + 1)")
  }

  private func restore(_ device: SimulatedDevice) throws {
    guard let backup = device.backup, let disk = device.machine.disk else { return }
    device.store = nil
    device.sync = nil
    disk.restore(from: backup)
    disk.powerOn()
    let store = try device.machine.open()
    device.store = store
    device.hasForked = true
    try device.findItself()
    try lose(device, store)
    summary.count(.restoredDevice)
    trace("\(device.name) is put back to a backup")
  }

  private func clone(_ device: SimulatedDevice, _ random: inout SeededGenerator) throws {
    guard device.store != nil, let machine = device.machine.cloned() else { return }
    let copy = try device.copied(to: devices.count, machine)
    copy.hasForked = true
    device.hasForked = true
    devices.append(copy)
    summary.count(.clonedDevice)
    trace("\(device.name) is copied: device \(copy.number)")
    for offset in 1...4 {
      let time = now + Int64(offset) * 600_000
      for number in [device.number, copy.number] {
        let edit = Action.edit(.judge(count: 3), device: number, visit: device.visits[0])
        queue.add(.step(Step(time, edit, salt: random.next())), at: time)
        guard random.chance(1, in: 2) else { continue }
        let later = time + Int64(random.int(in: 0...900_000))
        let sync = Action.sync(device: number)
        queue.add(.step(Step(later, sync, salt: random.next())), at: later)
      }
    }
  }

  private func restore(_ server: SimulatedServer) throws {
    guard let backup = server.backup, let disk = server.machine.disk else { return }
    server.store = nil
    disk.restore(from: backup)
    let store = try server.machine.open()
    server.histories += 1
    let epoch = names.bits("epoch \(server.number) \(server.histories)")
    try server.service.beginHistory(Epoch(bits: epoch), store: store)
    server.store = store
    summary.count(.serverRestore)
    trace("server \(server.number + 1) is put back to a backup")
  }

  /// What one device holds goes to another as a file.
  private func carry(
    from: SimulatedDevice,
    to: SimulatedDevice
  ) throws(StoreError) {
    guard let source = from.store, let target = to.store, from.server == to.server, to.sync == nil
    else { return }
    let identity = to.enrolment.identity
    for visit in from.visits where to.visits.contains(visit) {
      let id = cast.visits[visit].id
      try source.transaction { () throws(StoreError) in
        _ = try source.seal(id, key: from.key, received: from.reading(at: now))
      }
      var entries: [OperationStore.RawEntry] = []
      while true {
        let page = try source.entries(of: id, after: entries.last?.position ?? 0)
        entries += page.entries
        guard page.hasMore else { break }
      }
      try target.transaction { () throws(StoreError) in
        try target.seal(id, key: to.key, received: to.reading(at: now))
        for entry in entries {
          for certificate in try source.certificateChain(of: entry.replica, identity: identity) {
            _ = try target.admit(certificate, identity: identity)
          }
          guard let certificate = try target.certificate(of: entry.replica),
            let batch = try? Batch(line: entry.sealed.line),
            let verified = try? VerifiedBatch(entry.sealed, batch: batch, certificate: certificate)
          else { throw StoreError(.fault, "A carried batch does not read.") }
          _ = try target.admit(verified, received: to.reading(at: now))
        }
      }
    }
    summary.count(.carried)
    trace("\(from.name) hands a file to \(to.name)")
  }
}
