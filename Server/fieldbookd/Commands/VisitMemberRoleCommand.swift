import ArgumentParser
import SyncServer

/// `fieldbookd visit member role`.
struct VisitMemberRoleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role",
    abstract: "Give a person on a visit another role.",
    discussion: """
      What the server holds of them now keeps the right that it had. Whatever of theirs arrives later \
      is judged by the new role, whenever it was written.
      """
  )

  @OptionGroup var data: DataOptions
  @OptionGroup var visit: VisitOption

  @Argument(help: "The person: their identifier, or their exact name.")
  var person: String

  @Argument(help: "lead, peer, lay, observer or staff.")
  var role: String

  func run() async throws {
    let folder = try data.folder()
    let visit = try visit.id()
    try await CommandRun.run {
      _ = try Operator(folder: folder)
        .carryOut(.changeRole(visit: visit, person: person, role: role))
      Output.message("\(person) is on visit \(visit) as \(role).")
    }
  }
}
