import ArgumentParser

/// `fieldbookd person`.
struct PersonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Add and list people, and join two who are one.",
    subcommands: [PersonAddCommand.self, PersonListCommand.self, PersonJoinCommand.self]
  )
}
