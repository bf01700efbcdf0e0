import AssessmentModel
import Simulation
import Testing

@Suite("The library of scenarios")
struct ScenarioLibraryTests {
  /// Every situation of section 4 of the domain, by its number there.
  static let numbers = [
    1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 29, 30,
    31, 32, 33, 34, 35, 37, 38, 39, 40, 41, 42, 43, 45, 46, 48, 49, 50, 51, 52, 54, 55, 56, 58, 59,
    60, 62, 63, 64, 65, 66, 67, 68, 70, 71,
  ]

  private static let names = (try? ScenarioLibrary.names) ?? []

  @Test("Each situation of the domain has its scenario, which runs or says what it waits for")
  func isComplete() throws {
    let expected = Self.numbers.map { $0 < 10 ? "C0\($0)" : "C\($0)" }
    let names = try ScenarioLibrary.names
    #expect(names.filter { $0.hasPrefix("C") } == expected)
    var (running, partly, pending) = (0, 0, [Int?: Int]())
    for name in names {
      let scenario = try ScenarioLibrary.scenario(named: name).scenario
      #expect(scenario.name == name)
      #expect(!scenario.title.isEmpty && !scenario.basis.isEmpty, "\(name)")
      if let reason = scenario.pending {
        pending[reason.issue, default: 0] += 1
      } else {
        running += 1
        partly += scenario.remains.isEmpty ? 0 : 1
      }
    }
    let waiting = pending.sorted { ($0.key ?? .max) < ($1.key ?? .max) }
      .map { "\($0.value) for \($0.key.map { "issue \($0)" } ?? "a later issue")" }
    print(
      """
      \(names.count) scenarios: \(running) run, of which \(partly) leave something for later; \
      \(names.count - running) pending (\(waiting.joined(separator: ", ")))
      """
    )
    #expect(running >= 28)
  }

  @Test("Each that runs passes in every order", arguments: names)
  func passes(_ name: String) throws {
    let (scenario, framework) = try ScenarioLibrary.scenario(named: name)
    guard scenario.pending == nil else { return }
    // Breaks at every single byte are for those who have minutes: `Tests/soak`.
    let outcome = try scenario.run(framework: framework, byteStep: 23)
    #expect(outcome.isPassed, "\(outcome)\n\(outcome.finalState)")
    #expect(outcome.checks >= outcome.orders)
    print(outcome)
  }

  @Test("A name that is not there is refused with those that are")
  func unknownName() throws {
    let error = #expect(throws: ScenarioError.self) { try ScenarioLibrary.text(named: "C99") }
    #expect(error?.message.contains("C01, C02") == true)
  }

  @Test("A scenario may name another framework of the catalogue")
  func otherFramework() throws {
    let text = """
      scenario clauses: another framework
      framework lm2-quality-management undated

      everyone syncs
      a comments on the service "Orderly."
      everyone syncs until all is in
      expect the comment "Orderly." is by Peer A
      """
    let framework = try ScenarioLibrary.framework(of: text)
    #expect(framework.id.text == "lm2-quality-management")
    let scenario = try Scenario(text: text, file: "clauses", framework: framework)
    #expect(try scenario.run(framework: framework).isPassed)
    let imaging = try ScenarioLibrary.framework(of: "")
    #expect(imaging.id.text == "qsi-imaging")
    #expect(throws: ScenarioError.self) {
      try Scenario(text: text, file: "clauses", framework: imaging)
    }
  }
}
