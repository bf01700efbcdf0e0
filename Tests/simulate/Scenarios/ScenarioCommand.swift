import ArgumentParser
import AssessmentModel
import Convergence
import Foundation
import Simulation

/// Runs scenarios of the library, or of a file.
struct ScenarioCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: "Runs scenarios: who edits what, who is offline, what must be seen at the end.",
    discussion: """
      simulate scenario --list           the library
      simulate scenario C05 C11          two of it, in every order of syncing
      simulate scenario mine.scenario    one that you wrote
      simulate scenario --all            the whole library

      Tests/Simulation/Scenarios/README.md says how to write one.
      """
  )

  @Argument(help: "Names of the library, or files.")
  var names: [String] = []

  @Flag(help: "Run the whole library.")
  var all = false

  @Flag(help: "List the library.")
  var list = false

  @Flag(help: "Also print what happens in each order.")
  var trace = false

  @Option(
    help: ArgumentHelp(
      "Where a scenario cuts a line at every byte, cut only at every so many: quicker.",
      valueName: "bytes"
    )
  )
  var cutEvery = 1

  @Flag(help: "Print one JSON object a scenario.")
  var json = false

  func validate() throws {
    let choices = [all, list, !names.isEmpty].count { $0 }
    guard choices == 1 else {
      throw ValidationError("Give names or files, or --all, or --list.")
    }
    guard cutEvery >= 1 else { throw ValidationError("--cut-every is at least 1.") }
    if trace, json || list {
      throw ValidationError("--trace does not go with --json or --list.")
    }
  }

  func run() async throws {
    try await CommandRun.run {
      let library = try ScenarioLibrary.names
      let chosen = names.isEmpty ? library : names
      // All are read before the first runs: a name that is wrong costs nothing then.
      let scenarios = try chosen.map { try Self.read($0, library: library) }
      let output = ScenarioOutput(isJSON: json)
      if list { return output.list(scenarios.map(\.scenario)) }
      for (scenario, framework) in scenarios {
        let outcome = try scenario.run(
          framework: framework,
          byteStep: cutEvery,
          log: trace ? { Terminal.out($0) } : nil
        )
        output.report(scenario, outcome)
      }
      output.finish()
      if output.failed > 0 { throw CommandRun.broken }
    }
  }

  /// Reads a scenario by its name in the library, in any case, or from a file.
  private static func read(
    _ name: String,
    library: [String]
  ) throws -> (scenario: Scenario, framework: Framework) {
    do {
      if let known = library.first(where: { $0.lowercased() == name.lowercased() }) {
        return try ScenarioLibrary.scenario(named: known)
      }
      let isFile = name.contains("/") || FileManager.default.fileExists(atPath: name)
      guard isFile else {
        let near = NearestNames.words(name, among: library)
        throw ValidationError(
          "There is no scenario \(name), nor such a file; \(near)--list shows all."
        )
      }
      guard let text = try? String(contentsOfFile: name, encoding: .utf8) else {
        throw ValidationError("\(name) cannot be read.")
      }
      let framework = try ScenarioLibrary.framework(of: text)
      return (try Scenario(text: text, file: name, framework: framework), framework)
    } catch let error as ScenarioError {
      throw ValidationError(error.description)
    } catch let error as BrokenWorld {
      throw ValidationError("\(name): \(error)")
    }
  }
}
