import ArgumentParser
import Convergence
import SyncServer

/// `fieldbookd code issue`.
struct CodeIssueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue",
    abstract: "Print a code with which one device of a person can be enrolled once.",
    discussion: """
      Whoever has the code becomes that person on one device: hand it over as you would a key. It \
      is not kept and cannot be shown again; issue another if it is lost.
      """
  )

  @OptionGroup var data: DataOptions

  @Flag(help: "Print JSON.")
  var json = false

  @Argument(help: "The person: their identifier, or their exact name.")
  var person: String

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let answer = try Operator(folder: folder).carryOut(.issueCode(person: person))
      if json { return Output.json(answer) }
      Output.result(answer["code"]?.string ?? "")
    }
  }
}
