import ArgumentParser

/// `fieldbookd device`.
struct DeviceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device",
    abstract: "List devices, and revoke one that was lost or stolen.",
    subcommands: [DeviceListCommand.self, DeviceRevokeCommand.self]
  )
}
