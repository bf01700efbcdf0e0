import ArgumentParser
import SyncServer

/// `fieldbookd visit member add`.
struct VisitMemberAddCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Put a person on a visit, or give them another role.",
    discussion: """
      What a newcomer wrote before takes effect. Somebody who was taken off comes back: what stood \
      stands as it did, and what was held since takes effect in the new role. For another role see \
      visit member role.
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
        .carryOut(.addMember(visit: visit, person: person, role: role))
      Output.message("\(person) is on visit \(visit) as \(role).")
    }
  }
}
