import ArgumentParser

/// `fieldbookd gap`.
struct GapCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gap",
    abstract: "See what is missing, and declare what is lost for good.",
    subcommands: [GapListCommand.self, GapDeclareCommand.self]
  )
}
