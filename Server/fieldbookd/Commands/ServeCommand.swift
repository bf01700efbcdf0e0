import ArgumentParser

/// `fieldbookd serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Run the server until it is told to stop.",
    discussion: """
      Prints one line, `listening on http://HOST:PORT`, once it does; everything else goes to \
      standard error. SIGTERM and SIGINT stop it: requests that are under way are finished first.

      It speaks plain HTTP. Signatures keep everything whole, but nothing secret: put it behind a \
      TLS terminator, and do not let that pass on /v1/admin.
      """
  )

  @OptionGroup var data: DataOptions

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 for any that is free.")
  var port: UInt16 = 8750

  @Option(help: "How much to log.")
  var logLevel = LogLevel.info

  func run() async throws {
    let folder = try data.folder()
    try await CommandRun.run {
      try await Daemon(folder: folder, host: host, port: Int(port), logLevel: logLevel.level).run()
    }
  }
}
