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
      try restore(servers[number], isTold: true)
    case .rollBackServer(let number):
      guard servers.indices.contains(number) else { return }
      try restore(servers[number], isTold: false)
    case .carry(let from, let to):
      guard from != to, devices.indices.contains(from), devices.indices.contains(to) else { return }
      do throws(StoreError) {
        try carry(from: devices[from], to: devices[to], &random)
      } catch {
        // Sealing is the giver's, taking in the taker's; either disk may be full or without power.
        let isGiver = devices[from].machine.isDown || devices[from].machine.disk?.capacity != nil
        try failed(error, devices[isGiver ? from : to])
      }
    default:
      try strikeBytes(action, &random)
    }
  }

  /// What the server writes about a visit; nothing while it is down.
  private func decree(
    on visit: Int,
    removing person: Int? = nil,
    _ drafts: (Service, OperationStore, VisitID, Roster) throws -> [Draft]
  ) throws -> Bool {
    let server = servers[cast.visits[visit].server]
    guard let store = server.store, try !isGone(visit) else { return false }
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
    try note(server, about: visit, removing: person)
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
      !isRemoved(Pair(visit: visit, other: number))
    else { return }
    let isDone = try decree(on: visit, removing: number) { service, store, id, roster in
      let cut = try service.cut(of: person, in: id, store: store)
      return [try roster.remove(person, cut: Self.cut(cut))]
    }
    guard isDone else { return }
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
    guard let backup = device.backup, let disk = device.machine.disk, !device.isDestroyed else {
      return
    }
    device.store = nil
    device.sync = nil
    disk.restore(from: backup)
    device.store = try device.machine.open()
    device.hasForked = true
    summary.count(.restoredDevice)
    trace("\(device.name) is put back to a backup")
  }

  private func clone(_ device: SimulatedDevice, _ random: inout SeededGenerator) throws {
    guard device.store != nil, let machine = device.machine.cloned() else { return }
    let copy = SimulatedDevice(
      number: devices.count,
      cast: cast.devices[min(device.number, cast.devices.count - 1)],
      person: device.person,
      key: device.key,
      enrolment: device.enrolment,
      machine: machine,
      store: try machine.open()
    )
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
      }
    }
  }
}
