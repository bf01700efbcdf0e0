import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import TestSupport

extension World {
  /// How many rounds of syncing good links may need: one to send, one to read what others sent, one
  /// to see that nothing is left, and one for work that is written down only now.
  private static let roundLimit = 4

  /// The healed phase: everything is up, links and disks are good, and every device syncs in turn
  /// until nobody has anything to say.
  ///
  /// - Throws: ``Violation`` `convergence` if that takes more rounds than it may.
  package func heal() throws {
    isHealed = true
    try mend()
    for round in 1...Self.roundLimit {
      summary.healingRounds = round
      for device in devices {
        let salt = plan.seed &+ UInt64(round) << 32 &+ UInt64(device.number)
        try beginSync(device, random: SeededGenerator(seed: salt))
        try run()
      }
      // A visit that the server had lost may have come back only now.
      try declareAllGaps()
      if try isSettled() {
        trace("everything is in after \(round) rounds")
        return
      }
    }
    let waiting = try devices.filter { try !$0.isDestroyed && !isSettled($0) }.map(\.name)
    throw Violation(
      .convergence,
      at: now,
      "after \(Self.roundLimit) rounds of good links these are not done: \(waiting.joined(separator: ", "))"
    )
  }

  private func mend() throws {
    for device in devices {
      device.reach = .open
      device.machine.disk?.capacity = nil
      try wake(device)
    }
    for server in servers {
      server.machine.disk?.capacity = nil
      try wakeServer(server)
    }
    // A cut may have struck in the very act: whoever went down comes up now.
    try run()
    try declareAllGaps()
  }

  func isSettled() throws -> Bool {
    for device in devices where try !device.isDestroyed && !isSettled(device) { return false }
    return true
  }

  /// Whether a device has nothing to send and has read its server's log to the end.
  private func isSettled(_ device: SimulatedDevice) throws -> Bool {
    guard let store = device.store, let server = servers[device.server].store else { return false }
    for visit in device.visits where try !isGoneForGood(visit) {
      let id = cast.visits[visit].id
      let counts = try store.unsentCounts(of: id)
      if counts.openOperations + counts.batches > 0 { return false }
      guard try !isGone(visit), isMember(device, visit) else { continue }
      let end = try server.logDigest(of: id)
      guard try store.cursor(of: id)?.digest == end else { return false }
    }
    return true
  }

  /// Whether the person who holds a device is still on a visit, and the device was not revoked: whether
  /// it still reads.
  func isMember(_ device: SimulatedDevice, _ visit: Int) -> Bool {
    guard let person = cast.people.firstIndex(where: { $0.id == device.person }) else {
      return false
    }
    guard !isRemoved(Pair(visit: visit, other: person)) else { return false }
    return (try? isRevoked(device)) != true
  }

  /// Whoever is revoked by the authority of one visit reads no other: a server that was put back may
  /// know of it by that one alone.
  private func isRevoked(_ device: SimulatedDevice) throws -> Bool {
    let server = servers[device.server]
    guard let store = server.store,
      let certificate = try store.certificate(of: device.key.publicKey.replicaID)
    else { return false }
    return try device.visits.contains { visit in
      try !isGone(visit)
        && server.service.isRevoked(certificate, in: cast.visits[visit].id, store: store)
    }
  }
}
