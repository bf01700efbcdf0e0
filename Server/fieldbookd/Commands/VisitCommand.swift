import ArgumentParser

/// `fieldbookd visit`.
struct VisitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "visit",
    abstract: "Make and list visits, and say who is on them.",
    subcommands: [
      VisitCreateCommand.self, VisitListCommand.self, VisitMemberCommand.self,
      VisitIntakeCommand.self,
    ]
  )
}
