package import AssessmentModel
import Foundation
import FrameworkCatalogue

/// The scenarios that come with the simulator, by name.
package enum ScenarioLibrary {
  /// The names, in order: `C01`, `C02`, ….
  ///
  /// - Throws: If the folder cannot be read.
  package static var names: [String] {
    get throws {
      let files = try FileManager.default.contentsOfDirectory(atPath: try folder())
      return files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
        .sorted()
    }
  }

  /// The text of a scenario.
  ///
  /// - Throws: ``ScenarioError`` if there is no such scenario.
  package static func text(named name: String) throws -> String {
    let names = try names
    guard names.contains(name) else {
      throw ScenarioError(
        file: name + ending,
        line: 1,
        "the library has no such scenario. It has: \(names.joined(separator: ", "))"
      )
    }
    return try String(contentsOfFile: "\(try folder())/\(name)\(ending)", encoding: .utf8)
  }

  /// Reads a scenario of the library with the framework that it names.
  package static func scenario(
    named name: String
  ) throws -> (scenario: Scenario, framework: Framework) {
    let text = try text(named: name)
    let framework = try framework(of: text)
    return (try Scenario(text: text, file: name + ending, framework: framework), framework)
  }

  /// The framework that a scenario names; the imaging standard where it names none.
  ///
  /// - Throws: `CatalogueError` if there is no such framework.
  package static func framework(of text: String) throws -> Framework {
    let words = text.split { $0.isNewline }.map { $0.split { $0.isWhitespace } }
      .first { $0.count == 3 && $0[0] == "framework" }
    guard let id = FrameworkID(words?[1] ?? "qsi-imaging"),
      let edition = FrameworkEdition(words?[2] ?? "2026-draft")
    else { throw BrokenWorld("\(words ?? []) is no name of a framework") }
    return try FrameworkCatalogue.framework(id: id, edition: edition)
  }

  private static let ending = ".scenario"

  /// Where the build put the library: the one place that knows.
  private static func folder() throws -> String {
    guard let folder = Bundle.module.resourceURL else {
      throw BrokenWorld("the library of scenarios is not beside the program")
    }
    return folder.appending(path: "Library").path(percentEncoded: false)
  }
}
