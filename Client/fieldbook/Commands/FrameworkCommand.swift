import ArgumentParser

/// `fieldbook framework`.
struct FrameworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "framework",
    abstract: "List and show the frameworks that came with this program.",
    subcommands: [FrameworkListCommand.self, FrameworkShowCommand.self]
  )
}
