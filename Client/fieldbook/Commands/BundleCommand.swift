import ArgumentParser

/// `fieldbook bundle`.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Hand work over as a file, without a network.",
    discussion: """
      A file goes by stick from device to device, or to whoever runs the server. It may be taken in \
      partly, twice and in any order: nothing is lost by it and nothing doubled, and what came by \
      file goes to the server with the next sync, whoever wrote it.
      """,
    subcommands: [BundleExportCommand.self, BundleImportCommand.self]
  )
}
