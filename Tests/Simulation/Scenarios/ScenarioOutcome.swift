/// What became of a scenario.
package struct ScenarioOutcome: Hashable, Sendable, CustomStringConvertible {
  /// The word by which it is called.
  package let name: String

  /// Why it was not run; `nil` if it was.
  package let pending: Scenario.Pending?

  /// How many orders and breaks were tried.
  package let orders: Int

  /// How many times something was looked at, on some device or the server.
  package let checks: Int

  /// The first thing that was not as the scenario says.
  package let failure: ScenarioFailure?

  /// What the server and every device showed at the end of the last run, or where it failed.
  package let finalState: String

  /// Whether it ran and everything was as the scenario says.
  package var isPassed: Bool { pending == nil && failure == nil }

  /// One line, or a few where something was not as it should be.
  package var description: String {
    if let pending { return "\(name)  pending \(pending)" }
    if let failure { return "\(name)  failed in order \(orders)\n\(failure)" }
    return "\(name)  passed in \(orders) order\(orders == 1 ? "" : "s"), \(checks) checks"
  }
}
