import SyncClient
import SyncProtocol
import Testing

@Suite("The condition of a device")
struct DeviceConditionTests {
  private func name(_ condition: DeviceCondition) -> String {
    switch condition {
    case .notEnrolled: "notEnrolled"
    case .otherInstallation: "otherInstallation"
    case .keyMissing: "keyMissing"
    case .revoked: "revoked"
    case .mustRetire(let reason): reason.rawValue
    case .outdated: "outdated"
    case .unconfirmed: "unconfirmed"
    case .ready: "ready"
    }
  }

  private func name(_ event: DeviceEvent) -> String {
    switch event {
    case .hello(let state): "hello \(state.rawValue)"
    case .ownBatch(let result): "own \(result.rawValue)"
    case .othersBatch(let result): "other \(result.rawValue)"
    case .refusal(let code): "refusal \(code.rawValue)"
    case .noAnswer: "noAnswer"
    case .badAnswer: "badAnswer"
    case .unknownOwnBatch: "unknownOwnBatch"
    case .forkInStore: "forkInStore"
    case .visitLeftOut: "visitLeftOut"
    case .retired: "retired"
    case .enrolled: "enrolled"
    case .keyFound: "keyFound"
    case .keyMissed: "keyMissed"
    case .storeCopied: "storeCopied"
    }
  }

  /// One line an event, as the table has them.
  private func lines(of condition: DeviceCondition) -> [String] {
    DeviceEvent.allCases.map { event in
      let (next, action) = condition.after(event)
      let state = next == condition ? "=" : name(next)
      let label = name(event)
      let space = String(repeating: " ", count: max(1, 22 - label.count))
      return "\(label)\(space)-> \(state) \(action.rawValue)"
    }
  }

  @Test("Every event in every condition has one next condition and one action: the whole table")
  func table() throws {
    var count = 0
    for condition in DeviceCondition.allCases {
      // Of those that must retire one reason is written out; the others differ by it alone.
      guard let expected = ConditionTable.expected[name(condition)] else {
        #expect(condition.retireReason != nil, "\(condition) is not in the table")
        continue
      }
      let rows = expected.split(separator: "\n").map(String.init)
      for (row, line) in zip(rows, lines(of: condition)) {
        #expect(row == line, "\(name(condition))")
      }
      #expect(rows.count == DeviceEvent.allCases.count)
      count += rows.count
    }
    #expect(count == ConditionTable.expected.count * DeviceEvent.allCases.count)
  }

  @Test("A reason to retire gives way only to one that tells more")
  func reasons() {
    let order: [RetireReason] = [.refused, .cloned, .forked, .restored]
    #expect(RetireReason.allCases == order)
    for (index, earlier) in order.enumerated() {
      #expect(earlier.joined(nil) == earlier)
      let condition = DeviceCondition.mustRetire(earlier)
      for (other, event) in [
        DeviceEvent.ownBatch(.bad), .hello(.cloned), .ownBatch(.fork), .unknownOwnBatch,
      ].enumerated() {
        let reason = order[max(index, other)]
        #expect(condition.after(event) == (.mustRetire(reason), .retire))
        #expect(earlier.joined(order[other]) == reason)
        #expect(order[other].joined(earlier) == reason)
      }
    }
  }

  @Test("Each condition and each event is listed once")
  func lists() {
    #expect(Set(DeviceCondition.allCases).count == DeviceCondition.allCases.count)
    #expect(DeviceCondition.allCases.count == 7 + RetireReason.allCases.count)
    #expect(Set(DeviceEvent.allCases).count == DeviceEvent.allCases.count)
    #expect(DeviceEvent.allCases.count == 6 + 9 + 9 + 12 + 10)
    #expect(Set(DeviceAction.allCases).count == DeviceAction.allCases.count)
  }
}
