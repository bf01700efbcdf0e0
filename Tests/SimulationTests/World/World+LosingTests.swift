import Simulation
import TestSupport
import Testing

@Suite("Work that nobody has any more")
struct WorldLosingTests {
  @Test("A destroyed device's lost work holds nobody up, and what is found of it counts")
  func destroyed() throws {
    var losses = 0
    for seed: UInt64 in 1...24 {
      let plan = Planner.small(seed: seed, faults: [.lostBytes, .carried, .drop])
      let outcome = try Imaging.simulator().run(plan)
      #expect(outcome.violation == nil, "seed \(seed)")
      losses += outcome.summary.struck[.lostBytes] ?? 0
    }
    #expect(losses >= 4)
  }
}
