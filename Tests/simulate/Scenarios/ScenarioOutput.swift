import Convergence
import Simulation

/// What a tester reads of scenarios: a line each, more where one failed, and a sum.
final class ScenarioOutput {
  private let isJSON: Bool
  private var passed = 0
  private var pending = 0

  /// How many were not as they say.
  private(set) var failed = 0

  init(isJSON: Bool) { self.isJSON = isJSON }

  /// Reports what became of one.
  func report(_ scenario: Scenario, _ outcome: ScenarioOutcome) {
    if outcome.pending != nil {
      pending += 1
    } else if outcome.isPassed {
      passed += 1
    } else {
      failed += 1
    }
    if isJSON { return Terminal.json(Self.value(scenario, outcome)) }
    Terminal.out("\(outcome)")
    for remaining in scenario.remains { Terminal.out(Page.row("for later", "\(remaining)")) }
    if outcome.failure != nil { Terminal.out("\n\(outcome.finalState)") }
  }

  /// Says what all were together.
  func finish() {
    guard !isJSON, passed + failed + pending > 1 else { return }
    Terminal.out("\(passed) passed, \(failed) failed, \(pending) pending")
  }

  /// Lists what there is.
  func list(_ scenarios: [Scenario]) {
    for scenario in scenarios {
      if isJSON {
        Terminal.json(.members(Self.head(scenario)))
        continue
      }
      let state = scenario.pending.map { " (pending \($0))" } ?? ""
      let lines = Page.fold(scenario.title + state, width: Terminal.columns - Self.indent)
      for (number, line) in lines.enumerated() {
        Terminal.out((number == 0 ? scenario.name : "").padding(to: Self.indent) + line)
      }
    }
  }

  private static let indent = 20

  private static func head(_ scenario: Scenario) -> [(key: String, value: Value)] {
    var members: [(key: String, value: Value)] = [
      ("basis", .string(scenario.basis)), ("name", .string(scenario.name)),
      ("remains", .list(scenario.remains.map { .string($0.description) })),
      ("title", .string(scenario.title)),
    ]
    if let pending = scenario.pending {
      members.append(("pending", .string(pending.what)))
      if let issue = pending.issue { members.append(("issue", .int(Int64(issue)))) }
    }
    return members
  }

  private static func value(_ scenario: Scenario, _ outcome: ScenarioOutcome) -> Value {
    let word = outcome.pending != nil ? "pending" : outcome.isPassed ? "passed" : "failed"
    var members = head(scenario)
    members += [
      ("checks", .int(Int64(outcome.checks))), ("orders", .int(Int64(outcome.orders))),
      ("outcome", .string(word)),
    ]
    if let failure = outcome.failure {
      members.append(
        (
          "failure",
          .object([
            "file": .string(failure.file), "line": .int(Int64(failure.line)),
            "seen": .string(failure.seen), "source": .string(failure.source),
            "state": .string(outcome.finalState),
            "way": .list(failure.way.map { .string($0) }),
          ])
        )
      )
    }
    return .members(members)
  }
}
