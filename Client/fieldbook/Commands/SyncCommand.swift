import ArgumentParser
import OperationStore
import SyncClient

/// `fieldbook sync`.
struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Send what you wrote and fetch what the others wrote.",
    discussion: """
      It may be broken off and repeated at any time: whatever arrived is kept, and nothing is sent \
      twice with effect. Nothing of yours is ever overwritten by it.
      """
  )

  @Flag(help: "Go on until you break it off: what is new, here or there, goes at once.")
  var live = false

  @OptionGroup var options: HomeOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let device = try options.device()
    _ = try device.key(try device.enrolment())
    guard try !device.store.visits().isEmpty else {
      throw CommandFailure.refused(
        "No visit is on this device. List yours and open one: fieldbook visits, then fieldbook open."
      )
    }
    do {
      if live {
        try await LiveSync(device: device) { try tell($0, device) }.run()
      } else {
        let server = try device.enrolment().server
        let outcome = try await Exchange.talk(to: server, of: device) { client in
          try await SyncRun(device: device, patience: .usual).run(&client)
        }
        Terminal.endProgress()
        try tell(outcome, device)
      }
    } catch {
      Terminal.endProgress()
      try? sayWhatWaits(device.store)
      throw error
    }
  }

  private func tell(_ outcome: SyncRun.Outcome, _ device: Device) throws {
    try SyncAccount(
      outcome.report,
      retirements: outcome.retirements,
      device: device
    ).print(asJSON: output.json)
  }

  private func sayWhatWaits(_ store: OperationStore) throws {
    var waiting: Int64 = 0
    for visit in try store.visits() { waiting += try store.unsentCounts(of: visit).operations }
    guard waiting > 0 else { return }
    Terminal.say("\(Words.count(waiting, "change")) of yours waits here, safe, to be sent.")
  }
}
