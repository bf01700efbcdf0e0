import ArgumentParser

/// `fieldbookd init`.
struct InitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make the folder of a new server.",
    discussion: """
      Makes the store, the identity key and the token for administration, readable by you alone. \
      Copy identity.key to a safe place apart from the backups of the store: without it a restored \
      store cannot go on.
      """
  )

  @OptionGroup var data: DataOptions

  @Option(help: "What the server is called. Reviewers see it.")
  var name: String

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      guard (1...200).contains(name.utf8.count) else {
        throw Failure(.refused, "A name has 1 to 200 bytes.")
      }
      try folder.create(name: name)
      Output.result("made a server in \(folder.path)")
      Output.message("Now copy identity.key to a safe place, and add people.")
    }
  }
}
