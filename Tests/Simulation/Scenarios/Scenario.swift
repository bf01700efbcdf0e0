package import AssessmentModel
import Convergence

/// What people do on their devices, who is offline when, and what must be seen at the end, read from
/// the small text form that `README.md` beside this file describes.
package struct Scenario: Hashable, Sendable {
  /// Why a scenario does not run yet, or what of it.
  package struct Pending: Hashable, Sendable, CustomStringConvertible {
    /// The issue that builds what is missing; `nil` where none is open yet.
    package let issue: Int?

    /// What is missing.
    package let what: String

    /// The issue and what is missing.
    package var description: String {
      "\(issue.map { "issue \($0)" } ?? "a later issue"): \(what)"
    }
  }

  /// The most orders that one scenario may ask for, cuts at every byte included.
  package static let orderLimit = 4_000

  /// The word by which it is called, such as `C01`.
  package let name: String

  /// What it is about.
  package let title: String

  /// Where in the published documents it comes from.
  package let basis: String

  /// The name of the file that it was read from.
  package let file: String

  /// Why it does not run yet; `nil` if it runs.
  package let pending: Pending?

  /// What of it is left for later, although it runs.
  package let remains: [Pending]

  let cast: ScenarioCast
  let statements: [ScenarioStatement]

  /// Reads a scenario.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - file: The name for messages.
  ///   - framework: The framework in which refs are looked up.
  /// - Throws: ``ScenarioError`` for the first line that cannot be read.
  package init(text: String, file: String, framework: Framework) throws(ScenarioError) {
    var parser = ScenarioParser(file: file, framework: framework)
    try parser.read(text)
    guard let head = parser.head else {
      throw ScenarioError(
        file: file,
        line: 1,
        "nothing stands here. Begin with: scenario C01: what it is about"
      )
    }
    name = head.name
    title = head.title
    basis = head.basis
    self.file = file
    pending = parser.pending
    remains = parser.remains
    cast = parser.cast
    statements = parser.statements
    if pending == nil, !statements.contains(where: \.isExpectation) {
      throw ScenarioError(
        file: file,
        line: parser.lastLine,
        "the scenario expects nothing. End it with what must be seen: expect XR-304 is disputed"
      )
    }
  }
}

extension ScenarioStatement {
  /// Whether it says what must be seen.
  fileprivate var isExpectation: Bool {
    switch action {
    case .expect, .refused: true
    default: false
    }
  }
}
