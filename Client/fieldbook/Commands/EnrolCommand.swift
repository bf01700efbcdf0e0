import ArgumentParser
import SyncClient
import SyncProtocol

/// `fieldbook enrol`.
struct EnrolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol",
    abstract: "Make this device yours, with the code that the organiser gave you.",
    discussion: """
      The code works once. If the answer gets lost on the way, give the same command again: the \
      same device gets the same answer. The device's key is made here and never leaves it.
      """
  )

  @OptionGroup var options: HomeOptions

  @Argument(help: "Where the server is, such as https://review.example.")
  var url: String

  @Argument(help: "The code: 32 letters and digits; hyphens and case do not matter.")
  var code: String

  @Option(help: ArgumentHelp("What to call this device. Others see it.", valueName: "name"))
  var device: String?

  @Flag(help: "Give a device that is enrolled already a new identity.")
  var again = false

  func run() async throws {
    guard let code = EnrolmentCode(text: code) else {
      throw CommandFailure.refused(
        """
        That is no enrolment code: it has 32 letters and digits, usually in groups of four. Copy it \
        again from the organiser.
        """
      )
    }
    _ = try Exchange.address(url)
    let device = try Device(making: options.home())
    let desk = EnrolmentDesk(device: device)
    let key = try desk.key(isAgain: again)
    let name = self.device ?? Environment.hostName
    let enrolment: Enrolment
    do {
      enrolment = try await Exchange.talk(to: url, of: device) { client in
        try await client.enrol(code, key: key, server: url, deviceName: name, store: device.store)
      }
    } catch let failure as SyncFailure where failure.code == .notEnrolled {
      try desk.setKeyAside()
      throw failure
    }
    try desk.finish(enrolment)
    let words = """
      This device is now "\(enrolment.deviceName)" of \(enrolment.name), enrolled with \
      \(enrolment.serverName).
      """
    Terminal.out(Wrap.indented(words, by: 0))
    Terminal.say("Next: fieldbook visits, then fieldbook open VISIT.")
  }
}
