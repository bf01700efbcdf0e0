import Simulation
import Testing

/// What the simulator found: each run as it was shrunk, with its story.
@Suite("Runs that once broke a promise")
struct RegressionTests {
  private func holds(_ plan: Plan) throws {
    #expect(try Imaging.simulator().run(plan).violation == nil)
  }

  // A cell key named a person by the row of the person's certificate once there was one. A member's
  // cell that the authority had written before the person enrolled then stood in two rows, and a
  // server that came up again showed a removed member as still on the visit.
  @Test("Whoever enrols after being put on a visit, and is taken off it, is off it for good")
  func memberInTwoRows() throws {
    try holds(
      Plan(
        seed: 24,
        size: Size(servers: 1, visits: 2, devices: 6, hours: 8, disk: .simulated),
        weights: FaultWeights([.removal: 300, .serverDiskFull: 150]),
        steps: [
          Step(3_911_000, .remove(personOf: 3, visit: 1), salt: 15_435_137_590_164_035_691),
          Step(12_983_000, .serverRoom(0, server: 0), salt: 5_187_542_635_957_230_640),
          Step(29_362_163, .sync(device: 3), salt: 2_988_697_260_197_455_057),
        ]
      )
    )
  }

  // A refusal whose body broke off on the way was reported as a refusal that nobody could explain.
  // It is no answer like any other that breaks off, and the next sync goes on.
  @Test("A refusal that breaks off on the way is no answer")
  func cutRefusal() throws {
    let syncs = (0..<60).map { number in
      // After an hour a nonce is stale: the first answer of each sync is a refusal.
      Step(Int64(number) * 4_000_000, .sync(device: number % 2), salt: UInt64(number) &* 77)
    }
    try holds(
      Plan(
        seed: 2,
        size: Size(devices: 2, hours: 66),
        weights: FaultWeights([.cut: 400]),
        steps: syncs
      )
    )
  }
}
