import ArgumentParser

/// `fieldbook doctor`.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check this device: its store, its key, and what is not sent yet.",
    discussion: """
      Touches no network. Exit status 1 if something is wrong; work that only waits to be sent is \
      not wrong.
      """
  )

  @OptionGroup var options: HomeOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let check = try HealthCheck(options.device())
    if output.json {
      Terminal.outRaw(JSONText.line(check.value))
    } else {
      Terminal.out(check.text)
    }
    guard check.isWell else { throw ExitCode(1) }
  }
}
