import AssessmentModel
import Convergence
import Foundation
import OperationStore
import Simulation
import SyncClient
import SyncClientHTTP
import SyncProtocol
import TestSupport

/// A reviewer's device in real time: the production store on a file, the production client over HTTP.
final class LiveDevice {
  let identity: LiveIdentity
  let store: OperationStore
  private(set) var account: LiveAccount

  /// Why the last sync did not come to its end; `nil` if it did.
  private(set) var lastFailure: SyncFailure?

  private let framework: Framework
  private let transport: HTTPTransport
  private var client: SyncClient
  private var comments: [Dot] = []
  private var ownComments: [Dot] = []
  private var evidence: [Dot] = []
  private var locations: [Dot] = []

  /// Opens the store of an enrolled device.
  init(
    _ identity: LiveIdentity,
    address: ServerAddress,
    framework: Framework,
    account: LiveAccount = LiveAccount()
  ) throws {
    self.identity = identity
    self.framework = framework
    self.account = account
    store = try OperationStore(.file(identity.file), meaning: .assessment)
    transport = HTTPTransport(to: address)
    client = Self.client(transport)
  }

  /// A client with the machine's clock and chance.
  static func client(_ transport: HTTPTransport) -> SyncClient {
    SyncClient(
      transport: transport,
      clock: { Self.now },
      random: { Bits128(high: .random(in: .min ... .max), low: .random(in: .min ... .max)) }
    )
  }

  private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000) }

  /// Closes the connections.
  func close() async { await transport.shutdown() }

  // MARK: The day

  /// Plays the steps of a day, each at its moment, as far as the day reaches.
  ///
  /// - Parameters:
  ///   - steps: What is done, in the order of time.
  ///   - pace: Real milliseconds for each virtual one.
  ///   - bounds: When the day is over.
  func work(_ steps: [Step], pace: Double, bounds: LiveBounds) async {
    for (index, step) in steps.enumerated() {
      let moment = Duration.milliseconds(Double(step.time) * pace)
      guard await bounds.wait(until: moment) else {
        account.undone += steps.count - index
        return
      }
      var random = SeededGenerator(seed: step.salt)
      switch step.action {
      case .edit(let edit, device: _, visit: _):
        bounds.wrote(write(edit, &random))
      case .sync:
        bounds.synced(isComplete: await sync() != nil)
      default:
        continue
      }
    }
  }

  /// Somebody edits; answers how many operations were written.
  private func write(_ edit: Edit, _ random: inout SeededGenerator) -> Int {
    do {
      let written = try write { editor in
        try Desk(
          editor: editor,
          framework: framework,
          comments: comments,
          ownComments: ownComments,
          evidence: evidence,
          locations: locations
        )
        .drafts(for: edit, using: &random)
      }
      if written.isEmpty { account.idleEdits += 1 }
      for (dot, draft) in written { note(dot, draft) }
      return written.count
    } catch let error as EditError where isRight(error) {
      account.refusedEdits += 1
    } catch {
      account.surprises.append("\(identity.name) was refused \(edit.source): \(error)")
    }
    return 0
  }

  /// Whether the product is right to refuse: before the first sync, or what the role does not allow.
  private func isRight(_ refusal: EditError) -> Bool {
    switch refusal.code {
    case .notOnVisit, .noEdition: true
    case .role: !identity.hasCastRole
    default: false
    }
  }

  /// Writes as one transaction, as every command of the product does.
  private func write(
    _ edit: (Editor) throws -> [Draft]
  ) throws -> [(dot: Dot, draft: Draft)] {
    var refusal: (any Error)?
    do throws(StoreError) {
      return try store.transaction { () throws(StoreError) in
        let editor = Editor(
          cells: try store.cells(of: identity.visit),
          me: identity.enrolment.person,
          framework: framework
        )
        let drafts: [Draft]
        do {
          drafts = try edit(editor)
        } catch {
          refusal = error
          throw StoreError(.refused, "")
        }
        let written = try store.write(drafts, to: identity.visit, clock: Self.now)
        return zip(written, drafts).map { ($0.dot, $1) }
      }
    } catch {
      throw refusal ?? error
    }
  }

  private func note(_ dot: Dot, _ draft: Draft) {
    account.lastCounter = max(account.lastCounter, dot.counter)
    guard case .add(let addition) = draft.action else { return }
    switch addition.type {
    case "comment":
      comments.append(dot)
      ownComments.append(dot)
    case "evidence": evidence.append(dot)
    case "location": locations.append(dot)
    default: break
    }
  }

  // MARK: Syncing

  /// Syncs the visit; answers what was done, or `nil` if it did not come to its end.
  func sync() async -> SyncReport? {
    var session = SyncSession(
      enrolment: identity.enrolment,
      key: identity.key,
      visits: [identity.visit],
      client: "simulate",
      model: 1
    )
    let started = ContinuousClock.now
    var client = client
    lastFailure = nil
    do throws(SyncFailure) {
      try await client.sync(&session, key: identity.key, store: store)
    } catch {
      lastFailure = error
      account.failures[error.problem?.rawValue ?? error.code.rawValue, default: 0] += 1
      if ![.noAnswer, .refused].contains(error.code) {
        account.surprises.append("\(identity.name) failed to sync: \(error)")
      }
    }
    self.client = client
    let report = session.report
    account.roundTrips += report.roundTrips
    account.received += report.operationsReceived
    account.bytesSent += report.bytesSent
    account.bytesReceived += report.bytesReceived
    guard lastFailure == nil else { return nil }
    account.durations.append(Int64((ContinuousClock.now - started) / .microseconds(1)))
    if report.operationsReceived > 0 { lookAround() }
    return report
  }

  /// The reviewer looks at what a sync brought.
  private func lookAround() {
    guard let cells = try? store.cells(of: identity.visit) else { return }
    let view = VisitView(cells: cells, framework: framework) { _, _ in false }
    comments = view.comments.map(\.dot)
    evidence = view.evidence.map(\.dot)
    locations = view.service.locations.map(\.dot)
  }
}
