import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import TestSupport

extension World {
  /// Every promise, once everything is in.
  ///
  /// - Throws: ``Violation`` for the first that is broken.
  package func checkEverything() throws {
    for server in servers { try checkPromises(server) }
    for device in devices { try checkPromises(device) }
    for visit in cast.visits.indices {
      try checkReturns(visit)
      if try !isGone(visit) { try check(visit) }
    }
  }

  private func check(_ visit: Int) throws {
    guard let server = servers[cast.visits[visit].server].store else { return }
    let id = cast.visits[visit].id
    var stores = [(name: "the server", store: server)]
    for device in devices where device.visits.contains(visit) && isMember(device, visit) {
      if let store = device.store { stores.append((device.name, store)) }
    }
    summary.mark(try server.stateDigest(of: id).prefix.high)
    try promise(.sameState) { try FinalChecks.replicasEqual(stores, visit: id) }
    let lines = try FinalChecks.entries(of: server, id).map(\.sealed.line)
    let reader = LineReader()
    for (name, store) in stores {
      try promise(.convergence) {
        try FinalChecks.waitsInVain(store: store, named: name, visit: id, server: server)
      }
      try promise(.order) {
        try FinalChecks.complete(store: store, named: name, visit: id, lines: lines)
        try FinalChecks.logOrder(store: store, named: name, visit: id, reader: reader)
      }
      try promise(.bytes) {
        // Everybody holds the same lines, so the signatures are checked once.
        try FinalChecks.chainsAndDigests(
          store: store,
          named: name,
          visit: id,
          server: store === server ? nil : server,
          checksSignatures: store === server,
          reader: reader
        )
      }
    }
    try checkContent(visit, server, id)
    try checkModel(visit, server, lines)
  }

  /// The state, the judgements and the disagreements against the slow way.
  private func checkModel(
    _ visit: Int,
    _ server: OperationStore,
    _ lines: [[UInt8]]
  ) throws {
    let id = cast.visits[visit].id
    var people: [ReplicaID: PersonID] = [:]
    for certificate in try server.certificates() {
      people[certificate.replica] = certificate.person
    }
    let model = try ModelVisit(visit: id, lines: lines, people: people)
    summary.withoutEffect += model.withoutEffect.count
    try promise(.model) {
      try FinalChecks.stateEqualsModel(
        store: server,
        named: "the server",
        visit: id,
        model: model
      )
    }
    let causality = try server.history(of: id).causality
    let view = VisitView(cells: try server.cells(of: id), framework: framework) {
      causality.hasSeen($0, $1)
    }
    summary.open += view.open.count
    try promise(.judgements) {
      try FinalChecks.everyJudgementVisibleOrSuperseded(model: model, view: view)
    }
    try promise(.disagreements) {
      try FinalChecks.disagreementsListed(model: model, view: view)
      try FinalChecks.awarenessEqualsModel(model: model, view: view)
    }
  }

  /// Says which promise a broken law breaks.
  private func promise(_ promise: Violation.Promise, _ check: () throws -> Void) throws {
    do {
      try check()
    } catch let law as BrokenLaw {
      throw Violation(promise, at: now, law.description)
    }
  }

  /// Every operation that a device said it had stored stands in the server's log as it was written.
  private func checkContent(_ visit: Int, _ server: OperationStore, _ id: VisitID) throws {
    guard !devices.contains(where: \.hasForked) else {
      return try checkSayings(visit, server, id)
    }
    var there: [Dot: Operation] = [:]
    for entry in try server.history(of: id).entries { there[entry.operation.dot] = entry.operation }
    for promise in ledger.promises[visit] ?? [] {
      let found = there[promise.dot].map { Self.sorted($0.action) }
      if found == nil, isLost(promise.dot, visit: visit) { continue }
      // What refers to lost work is there, and has no effect.
      if found == .inert(.reference),
        refersToLost(promise.draft, by: promise.dot.replica, visit: visit)
      {
        continue
      }
      guard found == Self.sorted(promise.draft.action) else {
        throw Violation(
          .acknowledged,
          at: now,
          "operation #\(promise.dot) of visit \(visit + 1) is not on the server as it was written"
        )
      }
    }
  }

  /// The same where devices were copied or put back, so that names changed.
  ///
  /// What was promised is there, and no more often than it was written: what was in a copy that was not
  /// sealed counts once.
  private func checkSayings(_ visit: Int, _ server: OperationStore, _ id: VisitID) throws {
    let held = try Saying.all(in: server, id)
    var wanted: [Saying: (least: Int, most: Int, dot: Dot)] = [:]
    for promise in ledger.promises[visit] ?? [] {
      let saying = Saying(promise)
      var bounds = wanted[saying] ?? (0, 0, promise.dot)
      // A request may have been on its way when the disk was put back; and what refers to lost work is
      // there, and has no effect.
      let mayLack =
        promise.isLost || isLost(promise.dot, visit: visit)
        || refersToLost(promise.draft, by: promise.dot.replica, visit: visit)
      bounds.least += mayLack ? 0 : 1
      bounds.most += 1
      wanted[saying] = bounds
    }
    for (saying, bounds) in wanted.sorted(by: { $0.value.dot < $1.value.dot }) {
      let count = held[saying] ?? 0
      guard count < bounds.least || count > bounds.most else { continue }
      throw Violation(
        .acknowledged,
        at: now,
        """
        operation #\(bounds.dot) of visit \(visit + 1) was written \(bounds.most) times and stands \
        \(count) times on the server
        """
      )
    }
  }

  /// Fields and what is written over have no order; the wire sorts them.
  private static func sorted(_ action: Operation.Action) -> Operation.Action {
    switch action {
    case .add(let addition):
      return .add(
        Addition(
          type: addition.type,
          within: addition.within,
          replyTo: addition.replyTo,
          fields: addition.fields.sorted { ($0.name, $0.slot) < ($1.name, $1.slot) }
        )
      )
    case .set(let assignment):
      return .set(
        Assignment(
          record: assignment.record,
          field: assignment.field,
          slot: assignment.slot,
          location: assignment.location,
          value: assignment.value,
          over: assignment.over.sorted()
        )
      )
    case .uninterpreted, .inert:
      return action
    }
  }
}
