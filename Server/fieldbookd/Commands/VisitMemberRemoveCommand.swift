import ArgumentParser
import SyncServer

/// `fieldbookd visit member remove`.
struct VisitMemberRemoveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Take a person off a visit.",
    discussion: """
      What the server holds of them now stands. Whatever of theirs arrives later is kept, without \
      effect, until you decide; see hold list. They read the visit no more, and nothing is wiped from \
      their devices.
      """
  )

  @OptionGroup var data: DataOptions
  @OptionGroup var visit: VisitOption

  @Argument(help: "The person: their identifier, or their exact name.")
  var person: String

  @Option(help: "Why. Everybody on the visit can read it.")
  var because: String

  func run() async throws {
    let folder = try data.folder()
    let visit = try visit.id()
    try await CommandRun.run {
      _ = try Operator(folder: folder)
        .carryOut(.removeMember(visit: visit, person: person, because: because))
      Output.message("\(person) is off visit \(visit).")
    }
  }
}
