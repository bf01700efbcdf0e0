import Simulation
import Testing

@Suite("Plans as Swift")
struct PlanTests {
  @Test("A plan is printed as source that makes it again")
  func source() {
    let plan = Plan(
      seed: 7,
      size: Size(servers: 2, visits: 3, devices: 9, hours: 4, disk: .simulated),
      weights: FaultWeights([.cut: 20, .oneWay: 300]),
      steps: [
        Step(5, .edit(.judge(count: 3), device: 1, visit: 0), salt: 11),
        Step(9, .room(nil, device: 2), salt: 12),
        Step(10, .network(.noAnswers, device: 0), salt: 13),
      ]
    )
    #expect(
      plan.source == """
        Plan(
          seed: 7,
          size: Size(
            servers: 2, visits: 3, devices: 9,
            hours: 4, disk: .simulated
          ),
          weights: FaultWeights([.cut: 20, .oneWay: 300]),
          steps: [
            Step(5, .edit(.judge(count: 3), device: 1, visit: 0), salt: 11),
            Step(9, .room(nil, device: 2), salt: 12),
            Step(10, .network(.noAnswers, device: 0), salt: 13),
          ]
        )
        """
    )
  }
}
