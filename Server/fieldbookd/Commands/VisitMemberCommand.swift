import ArgumentParser

/// `fieldbookd visit member`.
struct VisitMemberCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "member",
    abstract: "Put people on a visit and take them off.",
    subcommands: [VisitMemberAddCommand.self, VisitMemberRemoveCommand.self]
  )
}
