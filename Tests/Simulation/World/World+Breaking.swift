import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import TestSupport

extension World {
  /// Something breaks, or is mended.
  func strike(_ action: Action, _ random: inout SeededGenerator) throws {
    switch action {
    case .edit, .sync: return
    case .network(let reach, let number):
      with(number) { device in
        device.reach = reach
        if reach != .open { summary.count(reach == .closed ? .partition : .oneWay) }
      }
    case .setClock(let number, let error):
      with(number) { device in
        summary.count(abs(error) > 31_536_000_000 ? .wrongYear : .jump)
        device.clock.set(to: serverTime + error, at: now)
      }
    case .drift(let number, let perMillion):
      with(number) { device in
        summary.count(.drift)
        device.clock.set(to: device.reading(at: now), at: now)
        device.clock.driftPerMillion = perMillion
      }
    case .cutPower(let number, let writes):
      try with(number) { device in
        guard device.store != nil, let disk = device.machine.disk else { return }
        disk.failAfter(writes)
        if disk.isDown { return try goDown(device) }
        queue.add(.wake(device: number), at: now + Int64(random.int(in: 60_000...1_200_000)))
      }
    case .cutServerPower(let number, let writes):
      guard servers.indices.contains(number), let disk = servers[number].machine.disk,
        servers[number].store != nil
      else { return }
      disk.failAfter(writes)
      if disk.isDown { return try goDown(servers[number]) }
      queue.add(.wakeServer(number), at: now + Int64(random.int(in: 60_000...600_000)))
    case .room(let bytes, let number):
      with(number) { Self.setRoom(bytes, $0.machine.disk) }
    case .serverRoom(let bytes, let number):
      guard servers.indices.contains(number) else { return }
      Self.setRoom(bytes, servers[number].machine.disk)
      if bytes != nil { summary.count(.serverDiskFull) }
    case .misdirect(let number):
      try with(number) { device in
        guard servers.count > 1 else { return }
        summary.count(.misdirected)
        let other = (device.server + 1) % servers.count
        try beginSync(device, random: random, server: other)
      }
    default:
      try strikeIdentity(action, &random)
    }
  }

  private func with(_ number: Int, _ body: (SimulatedDevice) throws -> Void) rethrows {
    guard devices.indices.contains(number) else { return }
    try body(devices[number])
  }

  private static func setRoom(_ bytes: Int?, _ disk: SimulatedDisk?) {
    disk?.capacity = bytes.map { (disk?.size ?? 0) + $0 }
  }

  // MARK: Power

  /// A device has lost its power: what was not synced is lost, torn or reordered.
  func goDown(_ device: SimulatedDevice) throws {
    guard device.store != nil, let disk = device.machine.disk else { return }
    device.store = nil
    device.sync = nil
    device.nonce = nil
    var random = SeededGenerator(seed: plan.seed ^ UInt64(bitPattern: now) &+ 1)
    disk.powerCut(using: &random, loss: random.chance(1, in: 4) ? .everything : .any)
    summary.count(.powerCut)
    trace("\(device.name) loses power")
    queue.add(.wake(device: device.number), at: now + Int64(random.int(in: 60_000...600_000)))
  }

  /// A server has lost its power.
  func goDown(_ server: SimulatedServer) throws {
    guard server.store != nil, let disk = server.machine.disk else { return }
    server.store = nil
    var random = SeededGenerator(seed: plan.seed ^ UInt64(bitPattern: now) &+ 2)
    disk.powerCut(using: &random, loss: random.chance(1, in: 4) ? .everything : .any)
    summary.count(.serverPowerCut)
    trace("server \(server.number + 1) loses power")
    queue.add(.wakeServer(server.number), at: now + Int64(random.int(in: 30_000...300_000)))
  }

  /// A device comes up again, if it is down; a cut that was planned and never met is called off.
  func wake(_ device: SimulatedDevice) throws {
    guard !device.isDestroyed else { return }
    guard device.store == nil else {
      if device.machine.isDown { return try goDown(device) }
      device.machine.disk?.powerOn()
      return
    }
    device.machine.disk?.powerOn()
    do throws(StoreError) {
      device.store = try device.machine.open()
    } catch {
      throw Violation(.acknowledged, at: now, "\(device.name) does not open again: \(error)")
    }
    do {
      try device.findItself()
    } catch let error as StoreError {
      throw Violation(.acknowledged, at: now, "\(device.name) forgot who it is: \(error)")
    }
    trace("\(device.name) is up again")
    try checkPromises(device)
    try checkReading(device)
  }

  /// A server comes up again, if it is down.
  func wakeServer(_ server: SimulatedServer) throws {
    guard server.store == nil else {
      if server.machine.isDown { return try goDown(server) }
      server.machine.disk?.powerOn()
      return
    }
    server.machine.disk?.powerOn()
    do throws(StoreError) {
      server.store = try server.machine.open()
    } catch {
      throw Violation(
        .acknowledged,
        at: now,
        "server \(server.number + 1) does not open again: \(error)"
      )
    }
    trace("server \(server.number + 1) is up again")
    try checkPromises(server)
  }
}
