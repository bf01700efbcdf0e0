import ArgumentParser
import Convergence
import SyncServer

/// `fieldbookd person add`.
struct PersonAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a person and print their identifier.",
    discussion: "The name is what other reviewers see. Two people may bear the same."
  )

  @OptionGroup var data: DataOptions

  @Flag(help: "Print JSON.")
  var json = false

  @Argument(help: "The person's name.")
  var name: String

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let answer = try Operator(folder: folder).carryOut(.addPerson(name: name))
      if json { return Output.json(answer) }
      Output.result(answer["person"]?.string ?? "")
    }
  }
}
