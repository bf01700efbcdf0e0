import ArgumentParser
import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol

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

  @OptionGroup var options: HomeOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let device = try options.device()
    let store = device.store
    let enrolment = try device.enrolment()
    let key = try device.key(enrolment)
    let visits = try store.visits()
    guard !visits.isEmpty else {
      throw CommandFailure.refused(
        "No visit is on this device. List yours and open one: fieldbook visits, then fieldbook open."
      )
    }
    var session = SyncSession(
      enrolment: enrolment,
      key: key,
      visits: visits,
      client: "fieldbook/\(Fieldbook.version)",
      model: Meaning.client.version
    )
    do {
      session = try await exchange(session, enrolment, key, device)
    } catch {
      Terminal.endProgress()
      try? sayWhatWaits(visits, store)
      throw error
    }
    Terminal.endProgress()
    try store.setDocument("device", "synced", .int(Environment.clock()))
    try SyncAccount(session.report, visits: visits, device: device).print(asJSON: output.json)
  }

  private func exchange(
    _ session: SyncSession,
    _ enrolment: Enrolment,
    _ key: SigningKey,
    _ device: Device
  ) async throws -> SyncSession {
    let store = device.store
    return try await Exchange.talk(to: enrolment.server, of: device) { client in
      var session = session
      try await client.sync(&session, key: key, store: store) { report in
        Terminal.progress(
          """
          \(report.roundTrips) round trips, sent \(report.operationsSent), received \
          \(report.operationsReceived) changes
          """
        )
      }
      for visit in try store.visits() {
        try await fetchFramework(of: visit, &client, device)
      }
      return session
    }
  }

  /// Fetches the framework that a visit pins, where it did not come with the program.
  private func fetchFramework(
    of visit: VisitID,
    _ client: inout SyncClient,
    _ device: Device
  ) async throws {
    let store = device.store
    guard let pin = OpenVisit.pin(try store.cells(of: visit)) else { return }
    guard try store.document("device", "cards/\(pin.hash)") == nil else { return }
    let shelf = FrameworkShelf(home: device.home)
    if try shelf.framework(pin) == nil, let hash = Hash256(text: pin.hash) {
      let bytes = try await client.framework(id: pin.id, edition: pin.edition, hash: hash)
      try shelf.keep(bytes, for: pin)
    }
    guard let framework = try shelf.framework(pin) else { return }
    try store.transaction { () throws(StoreError) in
      try StandardCard.keep(framework, pinned: pin, in: store)
    }
  }

  private func sayWhatWaits(_ visits: [VisitID], _ store: OperationStore) throws {
    var waiting: Int64 = 0
    for visit in visits { waiting += try store.unsentCounts(of: visit).operations }
    guard waiting > 0 else { return }
    Terminal.say("\(Words.count(waiting, "change")) of yours waits here, safe, to be sent.")
  }
}
