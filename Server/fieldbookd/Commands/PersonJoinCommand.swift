import ArgumentParser
import Convergence
import SyncServer

/// `fieldbookd person join`.
struct PersonJoinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join",
    abstract: "Say that two people are one human who was enrolled twice.",
    discussion: """
      On every visit where both are, they count as one reviewer, shown under the name of the second: \
      either may edit what the other wrote, and where their judgements differ it is a choice of their \
      own, never a dispute. Nothing that was written changes. To take it back, join the first with \
      themselves.
      """
  )

  @OptionGroup var data: DataOptions

  @Argument(help: "The person: their identifier, or their exact name.")
  var person: String

  @Argument(help: "Who they are one with, likewise.")
  var with: String

  @Option(help: "Why. Everybody on the visits can read it.")
  var because: String

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let answer = try Operator(folder: folder)
        .carryOut(.joinPeople(person: person, with: with, because: because))
      let count = Output.count((answer["visits"]?.list ?? []).count, "visit")
      let isUndone = answer["person"] == answer["with"]
      Output.message(
        isUndone
          ? "\(person) is joined with nobody any more, on \(count)."
          : "\(person) and \(with) are one, on \(count)."
      )
    }
  }
}
