import ArgumentParser

/// `fieldbookd restore`.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put back a backup of the store and begin a new history.",
    discussion: """
      Stop the daemon first. The backup is checked and copied; the present store is kept beside it \
      as store.sqlite.before-restore. Every device notices at its next sync and sends again what \
      it holds, others' work included, so what was written since the backup comes back. People, \
      codes and devices added since the backup do not: add and enrol them again.

      Until every device has synced once, make no visit and change no roster.
      """
  )

  @OptionGroup var data: DataOptions

  @Argument(help: "The backup: a copy of store.sqlite.", completion: .file())
  var file: String

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      try Restore(folder: folder).run(from: file)
      Output.result("restored \(folder.store) from \(file), with a new history")
      Output.message("Start the daemon, and let every device sync before you change a roster.")
    }
  }
}
