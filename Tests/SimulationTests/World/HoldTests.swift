import AssessmentModel
import Simulation
import TestSupport
import Testing

/// Removals and revocations with what an organiser decides afterwards, on a small visit.
@Suite("Held work in a simulated visit")
struct HoldTests {
  private static let minute: Int64 = 60_000

  private func run(_ strike: Action, _ decisions: Action...) throws -> (Outcome, [String]) {
    let steps: [Step] =
      (0..<3).map { Step(1 + $0, .sync(device: Int($0)), salt: UInt64($0)) } + [
        Step(10 * Self.minute, .edit(.judge(count: 4), device: 1, visit: 0), salt: 11),
        Step(20 * Self.minute, .sync(device: 1), salt: 12),
        Step(30 * Self.minute, strike, salt: 13),
        Step(40 * Self.minute, .edit(.judge(count: 4), device: 1, visit: 0), salt: 14),
        Step(50 * Self.minute, .sync(device: 1), salt: 15),
        Step(60 * Self.minute, .edit(.judge(count: 4), device: 2, visit: 0), salt: 16),
      ]
      + decisions.enumerated().map { offset, decision in
        Step(Int64(70 + offset) * Self.minute, decision, salt: UInt64(17 + offset))
      }
    let plan = Plan(
      seed: 3,
      size: Size(devices: 4, hours: 2, disk: .memory),
      weights: .none,
      steps: steps
    )
    var trace: [String] = []
    let outcome = try Imaging.simulator().run(plan) { trace.append($0) }
    return (outcome, trace)
  }

  private typealias Outcome = Simulator.Outcome

  @Test("What a removal or a revocation holds is released, and every promise holds")
  func released() throws {
    for strike in [Action.remove(personOf: 1, visit: 0), .revoke(device: 1, visit: 0)] {
      let (held, _) = try run(strike)
      #expect(held.violation == nil && held.summary.withoutEffect > 0, "\(strike)")
      let (outcome, trace) = try run(strike, .decide(releases: true, device: 1, visit: 0))
      #expect(outcome.violation == nil, "\(strike)")
      #expect(outcome.summary.decisions > 0, "\(trace)")
      #expect(outcome.summary.withoutEffect == 0, "\(strike)")
    }
  }

  @Test("What was refused stays held, and nothing waits for it")
  func refused() throws {
    let (outcome, _) = try run(
      .revoke(device: 1, visit: 0),
      .decide(releases: false, device: 1, visit: 0),
      .decide(releases: true, device: 1, visit: 0)
    )
    #expect(outcome.violation == nil)
    #expect(outcome.summary.withoutEffect > 0)
  }
}
