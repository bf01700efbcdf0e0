import Simulation
import TestSupport
import Testing

/// Whole runs; the thousands that CI and a soak add are run by `simulate` in release.
@Suite("Whole runs")
struct SimulatorTests {
  @Test("Whatever goes wrong on a day, every promise holds in the end", arguments: 1..<13)
  func promises(seed: UInt64) throws {
    let plan = Planner.small(seed: seed)
    let outcome = try Imaging.simulator().run(plan)
    #expect(outcome.violation == nil, "simulate --seed \(seed)")
    #expect(outcome.summary.healingRounds <= 4)
  }

  @Test("The same plan gives the same run, to the last byte of its trace")
  func repeats() throws {
    let plan = Planner.small(seed: 5)
    var traces: [[String]] = []
    var fingerprints: [UInt64] = []
    for _ in 0..<2 {
      var trace: [String] = []
      let outcome = try Imaging.simulator().run(plan) { trace.append($0) }
      traces.append(trace)
      fingerprints.append(outcome.summary.fingerprint)
    }
    #expect(traces[0] == traces[1] && !traces[0].isEmpty)
    #expect(fingerprints[0] == fingerprints[1])
  }

  @Test("Watching a run, or stopping it early, changes nothing about what happens until then")
  func watching() throws {
    let plan = Planner.small(seed: 8)
    var whole: [String] = []
    _ = try Imaging.simulator().run(plan) { whole.append($0) }
    var watched: [String] = []
    var looks = 0
    _ = try Imaging.simulator().run(plan, log: { watched.append($0) }, watch: { _ in looks += 1 })
    #expect(watched == whole && looks > 1)
    var stopped: [String] = []
    _ = try Imaging.simulator().run(plan, until: 3_600_000) { stopped.append($0) }
    #expect(stopped == Array(whole.prefix(stopped.count)) && stopped.count < whole.count)
  }

  @Test("On a disk that only says that it has synced, a promise breaks, and shrinks to few steps")
  func lyingDisk() throws {
    let simulator = try Imaging.simulator()
    for seed: UInt64 in 1..<40 {
      let size = Size(devices: 3, hours: 2, disk: .lying)
      let plan = Planner.plan(seed: seed, size: size, faults: [.powerCut])
      guard let violation = try simulator.run(plan).violation else { continue }
      #expect(violation.promise == .acknowledged, "\(violation)")
      let smallest = simulator.shrink(plan, breaking: violation.promise)
      #expect(smallest.steps.count <= 4)
      #expect(try simulator.run(smallest).violation?.promise == .acknowledged)
      return
    }
    Issue.record("no seed lost anything on a disk that never syncs")
  }
}
