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
    _ = try device.key(try device.enrolment())
    let visits = try store.visits()
    guard !visits.isEmpty else {
      throw CommandFailure.refused(
        "No visit is on this device. List yours and open one: fieldbook visits, then fieldbook open."
      )
    }
    let outcome: Outcome
    do {
      outcome = try await exchange(visits, device)
    } catch {
      Terminal.endProgress()
      try? sayWhatWaits(visits, store)
      throw error
    }
    Terminal.endProgress()
    try store.setDocument("device", "synced", .int(Environment.clock()))
    try SyncAccount(
      outcome.report,
      retirements: outcome.retirements,
      device: device
    ).print(asJSON: output.json)
  }

  /// What came of a sync, whatever names the device had meanwhile.
  private struct Outcome {
    var report = SyncReport()
    var retirements: [Retirement] = []
  }

  /// How often a device may retire within one sync: once is what happens, twice if it is copied in
  /// the very middle of it.
  private static let mostRetirements = 3

  private func exchange(_ visits: [VisitID], _ device: Device) async throws -> Outcome {
    let server = try device.enrolment().server
    return try await Exchange.talk(to: server, of: device) { client in
      var outcome = Outcome()
      var attempts = 0
      while true {
        let enrolment = try device.enrolment()
        let key = try device.key(enrolment)
        var session = SyncSession(
          enrolment: enrolment,
          key: key,
          visits: visits,
          client: "fieldbook/\(Fieldbook.version)",
          model: Meaning.client.version
        )
        do throws(SyncFailure) {
          try await run(&session, &client, key, device.store)
        } catch {
          // Something was written here while an answer was on its way. It had not seen the answer, so
          // the store wants it sealed before: a new session does that first.
          attempts += 1
          guard error.code == .store, attempts < 8, try isAnythingOpen(visits, device.store) else {
            throw error
          }
          continue
        }
        outcome.report = session.report.joined(to: outcome.report)
        if let reason = session.report.retire, outcome.retirements.count < Self.mostRetirements {
          let desk = RetirementDesk(device: device)
          outcome.retirements.append(try desk.retire(enrolment, because: reason))
          // Told at once, and so only once: what follows may be broken off.
          Terminal.endProgress()
          Terminal.say(Words.retirement(reason))
          continue
        }
        for visit in visits { try await fetchFramework(of: visit, &client, device) }
        return outcome
      }
    }
  }

  private func run(
    _ session: inout SyncSession,
    _ client: inout SyncClient,
    _ key: SigningKey,
    _ store: OperationStore
  ) async throws(SyncFailure) {
    try await client.sync(
      &session,
      key: key,
      store: store,
      progress: { report in Terminal.progress(Words.progress(report, unsent: Self.unsent(store))) },
      patience: .usual,
      pause: { wait, why in
        Terminal.progress(Words.pause(why, milliseconds: wait))
        try await Task.sleep(for: .milliseconds(wait))
      }
    )
  }

  /// How many changes are still to be sent; nothing where the store cannot say.
  private static func unsent(_ store: OperationStore) -> Int64 {
    (try? Outstanding(store).unsent) ?? 0
  }

  private func isAnythingOpen(_ visits: [VisitID], _ store: OperationStore) throws -> Bool {
    for visit in visits where try store.unsentCounts(of: visit).openOperations > 0 { return true }
    return false
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
