import ArgumentParser

/// `fieldbookd bundle`.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Take in what devices exported or rescued, or write a visit into a file.",
    subcommands: [BundleImportCommand.self, BundleExportCommand.self]
  )
}
