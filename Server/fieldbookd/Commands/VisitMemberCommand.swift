import ArgumentParser

/// `fieldbookd visit member`.
struct VisitMemberCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "member",
    abstract: "Put people on a visit, change their roles and take them off.",
    subcommands: [
      VisitMemberAddCommand.self, VisitMemberRoleCommand.self, VisitMemberRemoveCommand.self,
    ]
  )
}
