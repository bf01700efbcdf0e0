package import AssessmentModel

extension Scenario {
  /// Runs a scenario in every order that it asks for, up to the first that fails.
  ///
  /// After each run the world is healed and every promise of the simulator is checked; then
  /// everything that the scenario expects at its end must be seen again.
  ///
  /// - Parameters:
  ///   - framework: The framework that it was read with.
  ///   - byteStep: The least number of bytes between two breaks of a line, whatever the scenario
  ///     says: 1 for all of them, more where there is no time for that.
  ///   - log: Takes the lines of a trace.
  /// - Returns: The same for the same scenario, on every machine.
  /// - Throws: ``BrokenWorld`` where the simulator itself is at fault; ``ScenarioError`` if there are
  ///   more than ``orderLimit`` ways.
  package func run(
    framework: Framework,
    byteStep: Int = 1,
    log: ((String) -> Void)? = nil
  ) throws -> ScenarioOutcome {
    var (orders, checks) = (0, 0)
    func outcome(_ failure: ScenarioFailure?, _ state: String) -> ScenarioOutcome {
      ScenarioOutcome(
        name: name,
        pending: pending,
        orders: orders,
        checks: checks,
        failure: failure,
        finalState: state
      )
    }
    guard pending == nil else { return outcome(nil, "") }
    var choices = ScenarioChoices()
    var known: [ScenarioReading] = []
    while true {
      guard orders < Self.orderLimit else { throw tooMany }
      orders += 1
      log?("\(name), order \(orders)")
      let run = try ScenarioRun(
        self,
        framework: framework,
        choices: choices,
        byteStep: byteStep,
        known: known,
        log: log
      )
      do {
        try run.play()
      } catch let failure as ScenarioFailure {
        checks += run.checks
        return outcome(failure, run.finalState)
      }
      checks += run.checks
      known = run.known
      guard let next = run.choices.next else { return outcome(nil, run.finalState) }
      choices = next
    }
  }

  private var tooMany: ScenarioError {
    ScenarioError(
      file: file,
      line: statements.first?.line ?? 1,
      """
      there are more than \(Self.orderLimit) ways through this. Name fewer devices where they sync \
      in every order, or cut at every 20 bytes
      """
    )
  }
}
