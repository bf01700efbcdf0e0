import Convergence
import OperationStore
import SyncClient
import SyncClientHTTP
import SyncProtocol

/// Syncs as soon as there is something new, here or at the server, until it is broken off.
///
/// The store is touched by one task alone, a transaction at a time, so other commands work beside it.
/// What is written by them is noticed within ``Self/lookMilliseconds``.
struct LiveSync {
  let device: Device

  /// Told of each sync that sent or brought something, and of the first one.
  let tell: (SyncRun.Outcome) throws -> Void

  /// How often the store is looked at for something to send.
  static let lookMilliseconds: Int64 = 250

  /// Goes on until it is called off.
  ///
  /// - Throws: What no waiting mends: `SyncFailure` but for no answer and a busy server,
  ///   ``CommandFailure``, `StoreError`.
  func run() async throws {
    let server = try device.enrolment().server
    let bell = Bell()
    let look = Task {
      while !Task.isCancelled {
        try await Task.sleep(for: .milliseconds(Self.lookMilliseconds))
        bell.ring()
      }
    }
    defer { look.cancel() }
    bell.ring()
    try await Exchange.talk(to: server, of: device) { client in
      try await follow(bell, server, &client)
    }
  }

  private func follow(_ bell: Bell, _ server: String, _ client: inout SyncClient) async throws {
    var key = try device.key(try device.enrolment())
    var listening = try Self.listen(to: server, key: key, bell)
    defer { listening.cancel() }
    var state = State()
    for await _ in bell.rings {
      try tellOfOthers(bell, &state)
      guard try state.isWorthIt(device.store, bell) else { continue }
      do {
        let outcome = try await SyncRun(device: device, patience: .none).run(&client)
        Terminal.endProgress()
        if state.failures > 0 { Terminal.say("The server answers again.") }
        if outcome.report.hasNewHistory { bell.forget() }
        if !state.hasSynced || outcome.isWorthTelling { try tell(outcome) }
        try state.noteSuccess(device.store)
      } catch let failure as SyncFailure where Self.mayPass(failure) {
        Terminal.endProgress()
        if state.failures == 0 {
          Terminal.say("\(failure.message) It goes on by itself when the server answers.")
        }
        try await state.wait(failure)
        bell.ring()
      }
      let enrolment = try device.enrolment()
      let present = try device.key(enrolment)
      guard present.publicKey != key.publicKey else { continue }
      // It goes on under a new name, also with what it listens by.
      key = present
      listening.cancel()
      listening = try Self.listen(to: server, key: key, bell)
    }
  }

  /// Tells of visits that the person is on and that are not on this device, each once.
  private func tellOfOthers(_ bell: Bell, _ state: inout State) throws {
    let heard = bell.visits.filter { !state.told.contains($0) }
    guard !heard.isEmpty else { return }
    state.told.formUnion(heard)
    let held = try device.store.visits()
    for visit in heard where !held.contains(visit) {
      Terminal.say(
        "You are on visit \(visit), which is not on this device: fieldbook open \(visit)"
      )
    }
  }

  private static func mayPass(_ failure: SyncFailure) -> Bool {
    failure.code == .noAnswer || failure.problem == .busy || failure.problem == .unavailable
  }

  /// Listens until it is called off, each time the connection ends anew.
  private static func listen(
    to server: String,
    key: SigningKey,
    _ bell: Bell
  ) throws -> Task<Void, Never> {
    let transport = try Exchange.transport(to: server)
    return Task {
      var client = Exchange.client(over: transport, nonce: nil)
      var failures = 0
      while !Task.isCancelled {
        do throws(SyncFailure) {
          try await client.listen(key: key) { pokes in
            failures = 0
            if !pokes.isEmpty { bell.ring(pokes) }
          }
        } catch {
          failures += 1
        }
        let wait = Patience.endless.wait(after: failures, chance: Exchange.chance())
        try? await Task.sleep(for: .milliseconds(wait ?? 0))
      }
      await transport.shutdown()
    }
  }
}

extension LiveSync {
  /// What is remembered from one ring to the next.
  private struct State {
    var hasSynced = false
    var failures = 0
    /// The visits that were heard of and looked at.
    var told: Set<VisitID> = []

    /// What was still unsent after the last sync: the server does not take it for now.
    private var unsent: Int64 = 0

    /// Whether there is something that a sync would send or bring.
    func isWorthIt(_ store: OperationStore, _ bell: Bell) throws(StoreError) -> Bool {
      guard hasSynced, failures == 0 else { return true }
      for visit in try store.visits() {
        let position = try store.cursor(of: visit)?.cursor.position ?? 0
        if bell.position(of: visit) > position { return true }
      }
      return try Self.unsent(store) != unsent
    }

    mutating func noteSuccess(_ store: OperationStore) throws(StoreError) {
      hasSynced = true
      failures = 0
      unsent = try Self.unsent(store)
    }

    mutating func wait(_ failure: SyncFailure) async throws {
      let wait = Patience.endless.wait(
        after: failures,
        retryAfterSeconds: failure.retryAfterSeconds,
        chance: Exchange.chance()
      )
      failures += 1
      try await Task.sleep(for: .milliseconds(wait ?? 0))
    }

    private static func unsent(_ store: OperationStore) throws(StoreError) -> Int64 {
      var unsent: Int64 = 0
      for visit in try store.visits() { unsent += try store.unsentCounts(of: visit).operations }
      return unsent
    }
  }
}

extension SyncRun.Outcome {
  /// Whether anything was sent or came in that a person may want to know of.
  fileprivate var isWorthTelling: Bool {
    report.operationsSent > 0 || report.operationsReceived > 0 || !report.remarks.isEmpty
      || !retirements.isEmpty || report.hasNewHistory || report.wentBack || report.state != .ok
  }
}
