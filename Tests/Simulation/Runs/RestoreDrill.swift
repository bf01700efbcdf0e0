package import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import TestSupport

/// A day-old backup is restored under many devices: what it lacked, and how long until all of it is
/// back.
package struct RestoreDrill {
  /// What a drill found, in numbers.
  package struct Report: Hashable, Sendable {
    package var devices = 0
    package var visits = 0

    /// Batches and operations on the server before the restore.
    package var batches = 0
    package var operations = 0

    /// Batches and operations of those that the backup lacked, and visits.
    package var lackedBatches = 0
    package var lackedOperations = 0
    package var lackedVisits = 0

    /// Requests and bytes of bodies from the restore until everything was in.
    package var requests = 0
    package var bytes = 0

    /// Virtual time from the restore until every device was done, in milliseconds.
    package var milliseconds: Int64 = 0

    /// Batches that were there before the restore and did not come back.
    package var lost = 0

    /// Batches that stand twice.
    package var doubled = 0
  }

  /// The framework that visits are judged by.
  package let framework: Framework

  /// A drill.
  package init(framework: Framework) { self.framework = framework }

  /// Plays two days, restores the backup of the first, and lets every device sync within a minute.
  ///
  /// - Parameters:
  ///   - seed: What decides the days.
  ///   - devices: How many devices.
  ///   - visits: How many visits; the last one is younger than the backup.
  ///   - measure: Runs what is to be timed.
  /// - Returns: What was found.
  /// - Throws: ``Violation`` where a promise is broken.
  package func run(
    seed: UInt64,
    devices: Int,
    visits: Int,
    measure: (() throws -> Void) throws -> Void = { try $0() }
  ) throws -> Report {
    let size = Size(servers: 1, visits: visits, devices: devices, hours: 16, disk: .simulated)
    var plan = Planner.plan(seed: seed, size: size, faults: [])
    let day = Int64(size.hours) * 1_800_000
    plan.steps.append(Step(day, .copyServer(server: 0), salt: seed))
    plan.steps.sort { $0.time < $1.time }
    let late = visits > 1 ? visits - 1 : nil
    let world = try World(plan, framework: framework, lateVisit: late)
    try world.run(until: day)
    if let late { try world.found(late) }
    try world.run()
    try world.heal()
    let before = try batches(of: world)
    var report = Report(devices: world.devices.count, visits: world.cast.visits.count)
    report.batches = before.count
    report.operations = before.values.reduce(0, +)
    try world.restore(world.servers[0], isTold: true)
    let left = try batches(of: world)
    report.lackedBatches = before.count - left.count
    report.lackedOperations = report.operations - left.values.reduce(0, +)
    report.lackedVisits = try world.cast.visits.indices.count { try world.isGone($0) }
    let (start, requests, bytes) = (world.now, world.summary.requests, world.summary.bytes)
    try measure { try world.bringBack(spread: 60_000) }
    report.milliseconds = world.now - start
    report.requests = world.summary.requests - requests
    report.bytes = world.summary.bytes - bytes
    let after = try batches(of: world)
    report.lost = before.keys.count { after[$0] == nil }
    report.doubled = try world.batchCount() - after.count
    try world.checkEverything()
    return report
  }

  /// The operations of every batch on the server.
  private func batches(of world: World) throws -> [Hash256: Int] {
    guard let store = world.servers[0].store else { throw BrokenWorld("the server is down") }
    var batches: [Hash256: Int] = [:]
    for visit in try store.visits() {
      for entry in try FinalChecks.entries(of: store, visit) {
        batches[entry.hash] = try Batch(line: entry.sealed.line).operations.count
      }
    }
    return batches
  }
}

extension World {
  /// Every device syncs at some moment of a span, again and again until everything is in.
  func bringBack(spread: Int64) throws {
    var random = SeededGenerator(seed: plan.seed)
    for _ in 0..<4 {
      for device in devices {
        let time = now + Int64(random.below(Int(spread)))
        queue.add(.step(Step(time, .sync(device: device.number), salt: random.next())), at: time)
      }
      try run()
      if try isSettled() { return }
    }
    throw Violation(.convergence, at: now, "four rounds of syncs did not bring everything back")
  }

  /// How many batches the servers hold.
  func batchCount() throws -> Int {
    var count = 0
    for store in servers.compactMap(\.store) {
      for visit in try store.visits() { count += Int(try store.logDigest(of: visit).position) }
    }
    return count
  }
}
