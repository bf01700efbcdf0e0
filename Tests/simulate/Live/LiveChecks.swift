import AssessmentModel
import Convergence
import OperationStore
import Simulation
import SyncClient
import SyncProtocol
import TestSupport

/// Every promise over the real stores, once everything is in.
struct LiveChecks {
  let visit: VisitID
  let framework: Framework
  let devices: [LiveDevice]

  /// The store of the server, if it lies on this machine.
  let server: OperationStore?

  /// What is checked, in this order.
  static let promises: [Violation.Promise] = [
    .acknowledged, .sameState, .order, .bytes, .model, .judgements, .disagreements, .conduct,
  ]

  /// Checks everything.
  ///
  /// - Returns: The first promise that is broken; `nil` if all were kept.
  func broken() throws -> Violation? {
    do {
      try check()
      return nil
    } catch let violation as Violation {
      return violation
    }
  }

  private func check() throws {
    var stores = devices.map { (name: $0.identity.name, store: $0.store) }
    if let server { stores.insert((name: "the server", store: server), at: 0) }
    guard let first = stores.first else { return }
    try checkAcknowledged()
    try promise(.sameState) { try FinalChecks.replicasEqual(stores, visit: visit) }
    let lines = try Self.lines(of: first.store, visit)
    let reader = LineReader()
    for (number, (name, store)) in stores.enumerated() {
      try promise(.order) {
        try FinalChecks.complete(store: store, named: name, visit: visit, lines: lines)
        try FinalChecks.logOrder(store: store, named: name, visit: visit, reader: reader)
      }
      try promise(.bytes) {
        // Everybody holds the same lines, so the signatures are checked once.
        try FinalChecks.chainsAndDigests(
          store: store,
          named: name,
          visit: visit,
          server: store === server ? nil : server,
          checksSignatures: number == 0,
          reader: reader
        )
      }
    }
    try checkModel(first, lines)
    for surprise in devices.flatMap(\.account.surprises) { throw Violation(.conduct, surprise) }
  }

  private func checkModel(
    _ first: (name: String, store: OperationStore),
    _ lines: [[UInt8]]
  ) throws {
    var people: [ReplicaID: PersonID] = [:]
    for certificate in try first.store.certificates() {
      people[certificate.replica] = certificate.person
    }
    let model = try ModelVisit(visit: visit, lines: lines, people: people)
    try promise(.model) {
      try FinalChecks.stateEqualsModel(
        store: first.store,
        named: first.name,
        visit: visit,
        model: model
      )
    }
    let causality = try first.store.history(of: visit).causality
    let view = VisitView(cells: try first.store.cells(of: visit), framework: framework) {
      causality.hasSeen($0, $1)
    }
    try promise(.judgements) {
      try FinalChecks.everyJudgementVisibleOrSuperseded(model: model, view: view)
    }
    try promise(.disagreements) {
      try FinalChecks.disagreementsListed(model: model, view: view)
      try FinalChecks.awarenessEqualsModel(model: model, view: view)
    }
  }

  /// What a device said it had stored is on the device and, where it can be read, on the server.
  private func checkAcknowledged() throws {
    for device in devices {
      let stream = StreamID(replica: device.identity.enrolment.replica)
      let promised = device.account.lastCounter
      var places = [(name: device.identity.name, store: device.store)]
      if let server { places.append((name: "the server", store: server)) }
      for (name, store) in places {
        let held = try store.vector(of: visit).lastCounter(of: stream)
        guard held >= promised else {
          throw Violation(
            .acknowledged,
            "\(device.identity.name) stored \(promised) operations, and \(name) holds \(held)"
          )
        }
      }
    }
  }

  private static func lines(of store: OperationStore, _ visit: VisitID) throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var position: Int64 = 0
    while true {
      let page = try store.entries(of: visit, after: position)
      lines += page.entries.map(\.sealed.line)
      guard page.hasMore, let last = page.entries.last else { return lines }
      position = last.position
    }
  }

  /// Says which promise a broken law breaks.
  private func promise(_ promise: Violation.Promise, _ check: () throws -> Void) throws {
    do {
      try check()
    } catch let law as BrokenLaw {
      throw Violation(promise, law.description)
    }
  }
}
