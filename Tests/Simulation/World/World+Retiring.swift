import Convergence
import OperationStore
import SyncClient
import SyncProtocol

extension World {
  /// What a device wrote since its backup and nobody else has is gone with its disk.
  func lose(_ device: SimulatedDevice, _ store: OperationStore) throws {
    for visit in device.visits {
      let id = cast.visits[visit].id
      let here = try Saying.all(in: store, id)
      let said = ledger.sayings(visit: visit)
      var held = here
      let others = devices.filter { $0.visits.contains(visit) && !$0.machine.isDown }
        .compactMap(\.store)
      let server = servers[device.server]
      let known = server.machine.isDown ? nil : server.store
      for store in others + [known].compactMap({ $0 }) where try store.visits().contains(id) {
        held.merge(try Saying.all(in: store, id), uniquingKeysWith: max)
      }
      ledger.lose(
        on: device.number,
        visit: visit,
        unless: { held[Saying($0)] ?? 0 >= said[Saying($0)] ?? 0 },
        orHere: { here[Saying($0)] != nil }
      )
    }
  }

  /// The device goes on as a successor, as `sync` and every write do where they must.
  ///
  /// - Returns: Whether it did; not where its disk is full or its power is gone.
  func retire(_ device: SimulatedDevice, because reason: RetireReason) throws -> Bool {
    guard device.retirements < 20 else {
      throw Violation(.conduct, at: now, "\(device.name) retires again and again")
    }
    // A server whose disk lies forgets what it accepted, and then an honest device looks copied.
    guard device.hasForked || plan.size.disk == .lying else {
      throw Violation(
        .conduct,
        at: now,
        "\(device.name) was neither copied nor put back and retires: \(reason.rawValue)"
      )
    }
    do {
      let retirement = try device.retire(because: reason, at: now, names: names)
      if device.machine.isDown {
        try goDown(device)
        return false
      }
      trace(
        """
        \(device.name) goes on under another name (\(reason.rawValue)) with \
        \(retirement?.moved ?? 0) operations
        """
      )
      return retirement != nil
    } catch let error as SyncFailure {
      if device.machine.isDown {
        try goDown(device)
      } else {
        guard device.machine.disk?.capacity != nil else {
          throw Violation(.conduct, at: now, "\(device.name) cannot retire: \(error)")
        }
        summary.count(.diskFull)
      }
      return false
    }
  }

  /// Goes on as a successor before a write, where a file brought the other half of a copied device.
  ///
  /// Every command that writes does so. A sync under way ends there.
  ///
  /// - Returns: Whether it can write.
  func goesOn(_ device: SimulatedDevice, in visit: VisitID) throws -> Bool {
    guard let store = device.store,
      try store.hasForked(device.key.publicKey.replicaID, in: visit)
    else { return device.store != nil }
    device.sync = nil
    return try retire(device, because: .forked)
  }
}
