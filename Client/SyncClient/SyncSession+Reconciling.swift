import Convergence
import OperationStore
import SyncProtocol

extension SyncSession {
  /// How often one session compares everything before it gives up.
  private static let mostReconciliations = 4

  /// The next request of a comparison under way, or `nil` if there is none.
  mutating func nextReconciling(_ store: OperationStore) throws(SyncFailure) -> [UInt8]? {
    target = "/v1/sync"
    guard var current = reconciliation else { return nil }
    guard reconciliations <= Self.mostReconciliations else {
      throw SyncFailure(
        .rewound,
        "The server's log goes back again and again. Everything is safe here; run `doctor`."
      )
    }
    let (enrolment, session) = (enrolment, self)
    let frames = try SyncFailure.stored { () throws(StoreError) in
      try session.ownCertificates(enrolment, store) + current.request(store)
    }
    reconciliation = current
    target = "/v1/reconcile"
    let body = Frame.body(frames)
    report.roundTrips += 1
    report.bytesSent += body.count
    return body
  }

  mutating func receiveReconciled(
    _ body: [UInt8],
    store: OperationStore,
    now: Int64
  ) throws(SyncFailure) {
    guard var current = reconciliation else { return }
    let progress = try current.receive(body, store: store, wentBack: report.wentBack ? now : nil)
    reconciliation = current
    if current.isNewHistory { report.hasNewHistory = true }
    switch progress {
    case .cut: wasCut = true
    case .goesOn: wasCut = false
    case .done:
      wasCut = false
      reconciliation = nil
      stalls = 0
      // What was refused may have been so only for want of what is sent now.
      closed = []
    }
  }

  /// The server does not hold, or does not sign, what it held or signed before.
  mutating func noteReturn() {
    report.wentBack = true
    beginReconciling()
  }

  mutating func beginReconciling() {
    guard reconciliation == nil else { return }
    reconciliations += 1
    reconciliation = Reconciliation(visits)
  }

  /// What is acknowledged before the first page was read counts in the server's present history, too.
  static func noteHistory(of visit: VisitID, _ store: OperationStore) throws(StoreError) {
    guard try store.cursor(of: visit) == nil,
      let epoch = try store.document("device", "server")?["epoch"]?.string
        .flatMap({ Epoch(text: $0) })
    else { return }
    try store.setCursor(of: visit, epoch: epoch, digest: LogDigest(emptyLogOf: visit))
  }

  /// Keeps where the server said that it has a batch: whoever may read no more learns by this alone
  /// that it lost it.
  static func note(
    _ outcome: BatchResult.Outcome,
    of hash: Hash256,
    in visit: VisitID,
    _ store: OperationStore
  ) throws(StoreError) {
    guard let position = outcome.position, let cursor = try store.cursor(of: visit)?.cursor else {
      return
    }
    try store.setDocument(
      "acknowledged",
      visit.text,
      .object([
        "at": .int(position), "epoch": .string(cursor.epoch.text), "hash": .string(hash.text),
      ])
    )
  }

  /// What was acknowledged last in a visit beyond what was read of it.
  static func acknowledged(
    _ visit: VisitID,
    _ store: OperationStore
  ) throws(StoreError) -> Hello.Acknowledged? {
    guard let value = try store.document("acknowledged", visit.text),
      let cursor = try store.cursor(of: visit)?.cursor,
      value["epoch"]?.string == cursor.epoch.text,
      let position = value["at"]?.int, position > max(0, cursor.position),
      let hash = value["hash"]?.string.flatMap({ Hash256(text: $0) })
    else { return nil }
    return Hello.Acknowledged(
      visit: visit,
      cursor: Cursor(epoch: cursor.epoch, position: position),
      hash: hash
    )
  }
}
