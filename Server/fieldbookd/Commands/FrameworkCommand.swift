import ArgumentParser

/// `fieldbookd framework`.
struct FrameworkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "framework",
    abstract: "List the frameworks that visits can be judged by.",
    subcommands: [FrameworkListCommand.self]
  )
}
