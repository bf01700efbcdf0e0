import ArgumentParser

/// `fieldbookd hold`.
struct HoldCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hold",
    abstract: "List what is held without effect, and decide on it.",
    subcommands: [HoldListCommand.self, HoldReleaseCommand.self, HoldRefuseCommand.self]
  )
}
