import Simulation
import Testing

/// Devices that were copied or put back, played by hand at every moment that matters.
@Suite("Going on under another name")
struct WorldRetiringTests {
  private static let minute: Int64 = 60_000

  private func plan(
    _ actions: [Action],
    devices: Int = 3,
    weights: FaultWeights = .none
  ) -> Plan {
    Plan(
      seed: 7,
      size: Size(devices: devices, hours: 8, disk: .simulated),
      weights: weights,
      steps: actions.enumerated().map { number, action in
        Step(Int64(number + 1) * 3 * Self.minute, action, salt: UInt64(number) &* 977)
      }
    )
  }

  private func work(_ device: Int) -> [Action] {
    [
      .edit(.judge(count: 4), device: device, visit: 0),
      .edit(.comment, device: device, visit: 0), .edit(.changeMind, device: device, visit: 0),
    ]
  }

  /// Every device has synced, the first has work on the server and some that is not sealed.
  private var morning: [Action] {
    (0..<3).map { Action.sync(device: $0) } + work(0) + [.sync(device: 0), .sync(device: 1)]
      + work(0) + work(1) + [.copyDevice(device: 0)]
  }

  @Test(
    "Power that fails at any write of a sync that retires the replica loses and doubles nothing"
  )
  func powerAtEveryWrite() throws {
    var struck = 0
    var k = 0
    var isStruck = true
    while isStruck || k < 40 {
      let restore: [Action] = work(0) + [.sync(device: 0), .restoreDevice(device: 0)] + work(0)
      let cut: [Action] = [.cutPower(device: 0, afterWrites: k), .sync(device: 0)]
      let outcome = try Imaging.simulator().run(plan(morning + restore + cut))
      #expect(outcome.violation == nil, "at write \(k): \(outcome.violation?.description ?? "")")
      isStruck = outcome.summary.struck[.powerCut] ?? 0 > 0
      if isStruck { struck += 1 }
      k += 1
      if k > 400 { break }
    }
    print(
      "power cut at every write k from 0 to \(k - 1) of a sync that retires; it struck \(struck) times"
    )
    #expect(struck >= 20)
  }

  @Test("Both halves of a copied device go on, whoever syncs first and whatever answer is lost")
  func halves() throws {
    for lost in [0, 200, 500] {
      for order in [[0, 3], [3, 0], [0, 3, 0, 3], [3, 3, 0, 0]] {
        let actions =
          morning + [.cloneDevice(device: 0)] + work(0) + work(3)
          + order.map { Action.sync(device: $0) } + work(3) + work(0) + [.sync(device: 2)]
        let weights = FaultWeights([.drop: lost, .cut: lost])
        let outcome = try Imaging.simulator().run(plan(actions, weights: weights))
        #expect(
          outcome.violation == nil,
          "\(order), \(lost): \(outcome.violation?.description ?? "")"
        )
      }
    }
  }

  @Test("A branch that went on by file before its device was put back is never in anybody's way")
  func carried() throws {
    for target in 1...2 {
      let actions =
        morning + work(0) + [.carry(from: 0, to: target), .restoreDevice(device: 0)] + work(0)
        + [.carry(from: target, to: 0)] + work(0) + work(target)
        + [.sync(device: target), .sync(device: 0)] + work(0)
      let outcome = try Imaging.simulator().run(plan(actions))
      #expect(outcome.violation == nil, "\(target): \(outcome.violation?.description ?? "")")
    }
  }
}
