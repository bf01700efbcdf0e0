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
    case .decide(let releases, let number, let visit):
      guard devices.indices.contains(number), cast.visits.indices.contains(visit) else { return }
      try decide(releases: releases, devices[number], on: visit)
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
        let (giver, taker) = (devices[from].machine, devices[to].machine)
        let isGiver = giver.isDown || (!taker.isDown && giver.disk?.capacity != nil)
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
    try administer(visit, removing: person) { service, store, id in
      let roster = Roster(cells: try service.cells(of: id, store: store))
      let drafts = try drafts(service, store, id, roster)
      try service.decree(drafts, in: id, now: serverTime, store: store)
    }
  }

  /// What an organiser does at the server of a visit; nothing while it is down.
  private func administer(
    _ visit: Int,
    removing person: Int? = nil,
    _ body: (Service, OperationStore, VisitID) throws -> Void
  ) throws -> Bool {
    let server = servers[cast.visits[visit].server]
    guard let store = server.store, try !isGone(visit) else { return false }
    let id = cast.visits[visit].id
    do {
      try body(server.service, store, id)
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
    let replica = device.key.publicKey.replicaID
    let isDone = try administer(visit) { service, store, _ in
      guard try store.certificate(of: replica) != nil else { return }
      _ = try service.revoke(replica, because: "stolen", now: serverTime, store: store)
    }
    guard isDone else { return }
    summary.count(.revocation)
    trace("\(device.name) is revoked")
  }

  /// Whatever of a device waits is decided on, if anything does.
  private func decide(releases: Bool, _ device: SimulatedDevice, on visit: Int) throws {
    let replica = device.key.publicKey.replicaID
    var decided = 0
    let isDone = try administer(visit) { service, store, id in
      let waiting = try service.heldBatches(of: id, Self.decrees, store: store)
        .filter { $0.replica == replica && $0.why.canBeReleased && !$0.isRefused }
      guard !waiting.isEmpty else { return }
      decided = try service.decide(
        isRelease: releases,
        replica,
        waiting.map(\.hash.text),
        because: "asked",
        in: id,
        Self.decrees,
        now: serverTime,
        store: store
      ).count
    }
    guard isDone, decided > 0 else { return }
    summary.decisions += decided
    trace("\(decided) batches of \(device.name) are \(releases ? "released" : "refused")")
  }

  /// What an organiser's program says of held work.
  private static let decrees = Decrees(
    found: { (_, _, _) throws(Problem) in throw Decrees.unsupported },
    put: { (_, _, _) throws(Problem) in throw Decrees.unsupported },
    remove: { (_, _, _, _) throws(Problem) in throw Decrees.unsupported },
    hold: { dot, person, authority in
      let reason = HoldReason(of: dot, by: person, under: authority)
      return Decrees.Hold(
        word: reason.rawValue,
        words: reason.words,
        canBeReleased: reason.canBeReleased
      )
    },
    decide: { (field, replica, ranges, because, cells) throws(Problem) in
      guard let decision = HoldDecision(rawValue: field) else { throw Decrees.unsupported }
      do throws(EditError) {
        return [
          try Roster(cells: cells).decide(
            decision,
            ranges.map { ($0.first, $0.last, $0.hashPrefix) },
            of: replica,
            because: because
          )
        ]
      } catch {
        throw Problem(.malformed, error.message)
      }
    }
  )

  private func restore(_ device: SimulatedDevice) throws {
    guard let backup = device.backup, let disk = device.machine.disk, !device.isDestroyed else {
      return
    }
    device.store = nil
    device.sync = nil
    disk.restore(from: backup)
    disk.powerOn()
    let store = try device.machine.open()
    device.store = store
    device.hasForked = true
    try device.findItself()
    try lose(device, store)
    try loseWhatNobodyHolds(servers[device.server])
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
      for number in [device.number, copy.number] {
        // Apart by a moment: what both say in the same one, word for word, could not be told apart.
        let time = now + Int64(offset) * 600_000 + (number == copy.number ? 1 : 0)
        let edit = Action.edit(.judge(count: 3), device: number, visit: device.visits[0])
        queue.add(.step(Step(time, edit, salt: random.next())), at: time)
        guard random.chance(1, in: 2) else { continue }
        let later = time + Int64(random.int(in: 0...900_000))
        let sync = Action.sync(device: number)
        queue.add(.step(Step(later, sync, salt: random.next())), at: later)
      }
    }
  }
}
