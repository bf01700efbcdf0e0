import ArgumentParser

/// `fieldbook location`.
struct LocationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "location",
    abstract: "Add and list the places at which the service works.",
    subcommands: [LocationAddCommand.self, LocationListCommand.self]
  )
}
