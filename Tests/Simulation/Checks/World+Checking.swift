import Convergence
import OperationStore
import SyncProtocol

extension World {
  /// The reviewer looks at what a sync brought.
  func meet(_ device: SimulatedDevice) throws {
    guard let store = device.store else { return }
    for visit in device.visits {
      let vector = try store.vector(of: cast.visits[visit].id)
      ledger.look(at: visit, on: device.number, holding: vector)
    }
  }

  /// What a device once showed, it shows from then on.
  func checkReading(_ device: SimulatedDevice) throws {
    guard let store = device.store else { return }
    for visit in device.visits {
      let pair = Pair(visit: visit, other: device.number)
      let vector = try store.vector(of: cast.visits[visit].id)
      // By replica and not by stream: a fork that is found only now gives its branches names.
      var held: [ReplicaID: Int64] = [:]
      for entry in vector.entries {
        held[entry.stream.replica] = max(held[entry.stream.replica] ?? 0, entry.lastCounter)
      }
      for (replica, earlier) in (ledger.read[pair] ?? [:]).sorted(by: { $0.key < $1.key })
      where held[replica] ?? 0 < earlier {
        throw Violation(
          .reading,
          at: now,
          """
          \(device.name) had read \(earlier) operations of replica \(replica) in visit \
          \(visit + 1) and now holds \(held[replica] ?? 0)
          """
        )
      }
      ledger.read[pair] = held
    }
  }

  /// What a device said it had stored is still there.
  func checkPromises(_ device: SimulatedDevice) throws {
    guard let store = device.store else { return }
    let replica = device.key.publicKey.replicaID
    for visit in device.visits {
      let id = cast.visits[visit].id
      try checkOpened(visit, store, device.name)
      guard !device.hasForked else {
        try checkSayings(of: device, visit, store)
        continue
      }
      let promised = ledger.promisedCount(on: device.number, visit: visit)
      let held =
        try store.vector(of: id).lastCounter(of: StreamID(replica: replica))
        + store.unsentCounts(of: id).openOperations
      guard held >= promised else {
        throw Violation(
          .acknowledged,
          at: now,
          """
          \(device.name) said it had stored \(promised) operations of visit \(visit + 1) and holds \
          \(held)
          """
        )
      }
    }
  }

  /// A device that was copied or put back goes by several names: each operation is looked for.
  private func checkSayings(
    of device: SimulatedDevice,
    _ visit: Int,
    _ store: OperationStore
  ) throws {
    let held = try Saying.all(in: store, cast.visits[visit].id)
    for promise in ledger.promises[visit] ?? []
    where promise.device == device.number && !promise.isAway && held[Saying(promise)] == nil {
      throw Violation(
        .acknowledged,
        at: now,
        "\(device.name) said it had stored #\(promise.dot) of visit \(visit + 1) and holds it no more"
      )
    }
  }

  private func checkOpened(_ visit: Int, _ store: OperationStore, _ name: String) throws {
    guard try !store.visits().contains(cast.visits[visit].id) else { return }
    throw Violation(.acknowledged, at: now, "\(name) had visit \(visit + 1) and lost it")
  }

  /// What a server said it had stored is still there: whatever its devices count as sent.
  func checkPromises(_ server: SimulatedServer) throws {
    // A server that was put back has to be told again first.
    guard let held = server.store, isHealed || !server.wasPutBack else { return }
    for device in devices where device.server == server.number {
      guard let store = device.store else { continue }
      for visit in device.visits {
        let id = cast.visits[visit].id
        if server.wasPutBack, try isGone(visit) { continue }
        try checkOpened(visit, held, "server \(server.number + 1)")
        guard !device.hasForked else {
          try checkSent(by: device, visit, store, to: held)
          continue
        }
        // Of a device's own stream, everything up to the first unsent batch was acknowledged.
        let stream = StreamID(replica: device.key.publicKey.replicaID)
        let counts = try store.unsentCounts(of: id)
        let own = try store.vector(of: id).lastCounter(of: stream)
        let sent = own - (counts.operations - counts.openOperations)
        let there = try held.vector(of: id).lastCounter(of: stream)
        guard there >= sent else {
          throw Violation(
            .acknowledged,
            at: now,
            """
            server \(server.number + 1) acknowledged \(sent) operations of \(device.name) in visit \
            \(visit + 1) and holds \(there)
            """
          )
        }
      }
    }
  }

  /// Every batch of its own that a device counts as sent is on the server.
  private func checkSent(
    by device: SimulatedDevice,
    _ visit: Int,
    _ store: OperationStore,
    to server: OperationStore
  ) throws {
    let id = cast.visits[visit].id
    let unsent = Set(try store.unsent(of: id).map(\.hash))
    for entry in try FinalChecks.entries(of: store, id)
    where device.replicas.contains(entry.replica) && !unsent.contains(entry.hash) {
      guard try server.holds(entry.hash, of: id) else {
        throw Violation(
          .acknowledged,
          at: now,
          """
          \(device.name) counts batch \(entry.number) of replica \(entry.replica) in visit \
          \(visit + 1) as sent, and the server does not hold it
          """
        )
      }
    }
  }
}
