import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// One sync of everything on a device, whatever names the device has meanwhile.
struct SyncRun {
  let device: Device

  /// How often what may pass is tried again.
  let patience: Patience

  /// What came of it.
  struct Outcome {
    var report = SyncReport()
    var retirements: [Retirement] = []
  }

  /// How often a device may retire within one sync: once is what happens, twice if it is copied in
  /// the very middle of it.
  private static let mostRetirements = 3

  /// Syncs until device and server hold the same.
  ///
  /// - Throws: `SyncFailure`, ``CommandFailure``, `StoreError`.
  func run(_ client: inout SyncClient) async throws -> Outcome {
    let visits = try device.store.visits()
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
        try await exchange(&session, &client, key)
      } catch {
        // Something was written here while an answer was on its way. It had not seen the answer, so
        // the store wants it sealed before: a new session does that first.
        attempts += 1
        guard error.code == .store, attempts < 8, try isAnythingOpen(visits) else { throw error }
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
      for visit in visits { try await fetchFramework(of: visit, &client) }
      try device.store.setDocument("device", "synced", .int(Environment.clock()))
      return outcome
    }
  }

  private func exchange(
    _ session: inout SyncSession,
    _ client: inout SyncClient,
    _ key: SigningKey
  ) async throws(SyncFailure) {
    let store = device.store
    try await client.sync(
      &session,
      key: key,
      store: store,
      progress: { report in
        // Where the store cannot say what is left, the next round trip will say why.
        let unsent = (try? Outstanding(store).unsent) ?? 0
        Terminal.progress(Words.progress(report, unsent: unsent))
      },
      patience: patience,
      pause: { wait, why in
        Terminal.progress(Words.pause(why, milliseconds: wait))
        try await Task.sleep(for: .milliseconds(wait))
      }
    )
  }

  private func isAnythingOpen(_ visits: [VisitID]) throws -> Bool {
    for visit in visits where try device.store.unsentCounts(of: visit).openOperations > 0 {
      return true
    }
    return false
  }

  /// Fetches the framework that a visit pins, where it did not come with the program.
  private func fetchFramework(of visit: VisitID, _ client: inout SyncClient) async throws {
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
}
