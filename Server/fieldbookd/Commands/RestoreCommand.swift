import ArgumentParser

/// `fieldbookd restore`.
struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put back a backup of the store and begin a new history.",
    discussion: """
      Stop the daemon first. It needs the identity key that the store was made with. The backup is \
      checked and copied; the present store is kept beside it as store.sqlite.before-restore. Every \
      device notices at its next sync, compares what it holds with what the server holds, and sends \
      what is lacking, others' work, visits and rosters included. What no device ever received is \
      gone. People, devices and codes made since the backup have to be made again, and codes that \
      were not used by then are void: they may have been used since.

      Go on as usual. Where what you decide now and what comes back about a person differ, the \
      narrower right holds until you decide again.
      """
  )

  @OptionGroup var data: DataOptions

  @Argument(help: "The backup: a copy of store.sqlite.", completion: .file())
  var file: String

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      let voided = try Restore(folder: folder).run(from: file)
      Output.result("restored \(folder.store) from \(file), with a new history")
      if voided > 0 {
        Output.message("\(voided) unused enrolment codes are void: issue new ones.")
      }
      Output.message("Start the daemon, and let every device sync: that brings back the rest.")
    }
  }
}
