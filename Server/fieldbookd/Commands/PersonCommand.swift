import ArgumentParser

/// `fieldbookd person`.
struct PersonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Add and list people.",
    subcommands: [PersonAddCommand.self, PersonListCommand.self]
  )
}
