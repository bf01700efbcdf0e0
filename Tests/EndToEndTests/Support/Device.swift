import Foundation
import Testing

/// One device: a home of its own, worked by the real program.
struct Device: Sendable {
  let home: String

  /// What the program is started with beside the usual.
  var environment: [String: String] = [:]

  /// Runs a command, whatever comes of it.
  func attempt(
    _ arguments: String...,
    environment extra: [String: String] = [:]
  ) throws -> Program.Outcome {
    try Program.fieldbook.run(
      arguments + ["--home", home],
      environment: environment.merging(extra) { _, new in new }
    )
  }

  /// Runs a command that has to work, and gives its output.
  @discardableResult
  func run(
    _ arguments: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let outcome = try Program.fieldbook.run(arguments + ["--home", home], environment: environment)
    try #require(
      outcome.status == 0,
      "fieldbook \(arguments) ended with \(outcome.status): \(outcome.messages)",
      sourceLocation: sourceLocation
    )
    return outcome.output
  }

  /// Runs a reading command, and reads its document.
  func read(
    _ arguments: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> JSON {
    let outcome = try Program.fieldbook.run(
      arguments + ["--json", "--home", home],
      environment: environment
    )
    try #require(
      outcome.status == 0,
      "fieldbook \(arguments): \(outcome.messages)",
      sourceLocation: sourceLocation
    )
    return try JSON(outcome.output)
  }

  /// What the team makes of the whole of a standard.
  func teamView(_ ref: String) throws -> String {
    try read("show", ref)["teamView"].text
  }

  /// How many operations the device holds.
  func operationCount() throws -> Int { try read("history")["entries"].list.count }
}
