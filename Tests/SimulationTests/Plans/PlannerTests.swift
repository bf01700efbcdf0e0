import Simulation
import TestSupport
import Testing

@Suite("Plans of visit days")
struct PlannerTests {
  @Test("The same seed plans the same day, and others plan others")
  func repeats() {
    let plans = (0..<50).map { Planner.small(seed: $0) }
    #expect(plans == (0..<50).map { Planner.small(seed: $0) })
    #expect(Set(plans).count == plans.count)
  }

  @Test("Steps stand in the order of time, each with a chance of its own")
  func ordered() throws {
    for seed: UInt64 in 0..<50 {
      let steps = Planner.small(seed: seed, faults: Fault.allCases).steps
      #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.time <= $1.time })
      #expect(Set(steps.map(\.salt)).count == steps.count)
    }
  }

  @Test("Only faults that were asked for are planned, and without any nothing goes wrong")
  func onlyWanted() {
    for seed: UInt64 in 0..<100 {
      var random = SeededGenerator(seed: seed)
      let wanted = Fault.allCases.filter { _ in random.chance(1, in: 2) }
      let plan = Planner.small(seed: seed, faults: wanted)
      #expect(plan.weights.listed.allSatisfy { wanted.contains($0.fault) })
      for step in plan.steps {
        #expect(Self.isWanted(step.action, by: plan.weights), "\(step.source)")
      }
      let calm = Planner.small(seed: seed, faults: [])
      #expect(calm.weights.listed.isEmpty)
      #expect(calm.steps.allSatisfy { Self.isWork($0.action) })
    }
  }

  @Test("Over a hundred seeds every fault is drawn, and about half the time")
  func everyFault() {
    var drawn: [Fault: Int] = [:]
    for seed: UInt64 in 0..<100 {
      for (fault, _) in Planner.small(seed: seed, faults: Fault.allCases).weights.listed {
        drawn[fault, default: 0] += 1
      }
    }
    for fault in Fault.allCases {
      #expect((25...75).contains(drawn[fault] ?? 0), "\(fault): \(drawn[fault] ?? 0)")
    }
  }

  @Test("Sizes stay within their limits, whatever is asked for")
  func limits() {
    let huge = Size(servers: 99, visits: 9_999, devices: .max, hours: .max)
    #expect(huge.servers == Size.serverLimit && huge.visits == Size.visitLimit)
    #expect(huge.devices == Size.deviceLimit && huge.hours == Size.hourLimit)
    let none = Size(servers: -1, visits: 0, devices: .min, hours: 0)
    #expect(none.servers == 1 && none.visits == 1 && none.devices == 1 && none.hours == 1)
  }

  private static func isWork(_ action: Action) -> Bool {
    switch action {
    case .edit, .sync: true
    default: false
    }
  }

  /// Whether the faults of a run ask for an action that only a fault makes.
  private static func isWanted(_ action: Action, by weights: FaultWeights) -> Bool {
    switch action {
    case .cloneDevice: weights.has(.clonedDevice)
    case .copyDevice: weights.has(.restoredDevice) || weights.has(.lostBytes)
    case .restoreDevice: weights.has(.restoredDevice)
    case .copyServer: weights.has(.serverRestore) || weights.has(.serverRollback)
    case .restoreServer: weights.has(.serverRestore)
    case .rollBackServer: weights.has(.serverRollback)
    // An operator who put a server back goes on taking people off.
    case .remove:
      weights.has(.removal) || weights.has(.serverRestore) || weights.has(.serverRollback)
    case .revoke: weights.has(.revocation)
    case .misdirect: weights.has(.misdirected)
    default: true
    }
  }
}
