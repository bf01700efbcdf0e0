public import Convergence
public import OperationStore
public import SyncProtocol

/// Decides what a device says to its server, and takes in what comes back, until both hold the same.
///
/// A session holds no connection and no clock. Ask it for the next body, carry it, hand it the answer,
/// whole or cut short; repeat until it asks for nothing more. Whatever was taken in is on the device's
/// disk before the next body is made, so it can be dropped at any moment and begun anew.
public struct SyncSession {
  /// What the session has done so far.
  public internal(set) var report = SyncReport()

  /// How the device stands, as far as the session knows; `nil` before its first request.
  var condition: DeviceCondition?

  /// Whether the last answer was cut short; what was whole in it was taken in.
  public internal(set) var wasCut = false

  /// Where the body that was made last is to be posted.
  public internal(set) var target = "/v1/sync"

  let enrolment: Enrolment
  private let key: SigningKey
  let visits: [VisitID]
  private let client: String
  private let model: Int64
  var sent: [Outgoing] = []
  private var isDone = false
  var stalls = 0

  /// How many bytes of batches go into a body: half of what it may be leaves room for certificates
  /// and frames, whatever is in them.
  var allowance = Limits.bodyBytes / 2

  /// How many batches of each visit were still to come when its last page was read.
  private var behind: [VisitID: Int64] = [:]

  /// The comparison under way with a server that went back in time.
  var reconciliation: Reconciliation?
  var reconciliations = 0

  /// Visits whose batches the server refused as a stranger's: they wait for another day.
  var closed: Set<VisitID> = []

  /// A batch in the body under way, in the order of the body.
  struct Outgoing {
    let visit: VisitID
    let entry: OperationStore.RawEntry
    let operations: Int
  }

  /// Begins a session.
  ///
  /// - Parameters:
  ///   - enrolment: Who the device is.
  ///   - key: Its replica's key.
  ///   - visits: The visits to sync; all must be on the device.
  ///   - client: The program and its version, for the server's log.
  ///   - model: The model version that the program interprets.
  public init(
    enrolment: Enrolment,
    key: SigningKey,
    visits: [VisitID],
    client: String,
    model: Int64
  ) {
    self.enrolment = enrolment
    self.key = key
    self.visits = visits
    self.client = client
    self.model = model
  }

  /// The body of the next request, or `nil` when there is nothing left to say.
  ///
  /// Open operations are sealed first, durably: whatever comes in afterwards was not seen by them.
  ///
  /// - Parameters:
  ///   - store: The device's store.
  ///   - now: The device's clock, in milliseconds since 1970.
  ///   - token: 16 random bytes, the proposal for this hello.
  /// - Returns: What to post to ``target``.
  /// - Throws: ``SyncFailure``: `store`, `noProgress`, `rewound`.
  public mutating func next(
    store: OperationStore,
    now: Int64,
    token: Bits128
  ) throws(SyncFailure) -> [UInt8]? {
    guard !isDone else { return nil }
    if try mustRetire(store) { return nil }
    guard stalls < 4 else {
      throw SyncFailure(
        .noProgress,
        "The server keeps asking for the same batches. Everything is safe here; run `doctor`."
      )
    }
    if let body = try nextReconciling(store) { return body }
    let (enrolment, key, visits, allowance) = (enrolment, key, visits, allowance)
    let open = visits.filter { !closed.contains($0) }
    let (frames, outgoing) = try SyncFailure.stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        for visit in visits {
          try store.seal(visit, key: key, received: now)
        }
        let (held, receipt, proposed) = try Self.tokens(store, proposal: token)
        var progress: [Hello.Progress] = []
        var acknowledged: [Hello.Acknowledged] = []
        for visit in visits {
          if let entry = try Self.acknowledged(visit, store) { acknowledged.append(entry) }
          let cursor = try store.cursor(of: visit)
          progress.append(
            Hello.Progress(
              visit: visit,
              cursor: cursor?.cursor,
              digest: cursor?.digest.hash,
              intake: try store.intake(of: visit)?.fingerprint
            )
          )
        }
        let hello = Hello(
          client: client,
          model: model,
          clock: now,
          held: held,
          proposed: proposed,
          receipt: receipt,
          visits: progress,
          outbound: try store.outbound(visits),
          acknowledged: acknowledged
        )
        let (batches, outgoing) = try Self.outgoing(
          open,
          atMost: allowance,
          enrolment: enrolment,
          store: store
        )
        let certificates = try ownCertificates(enrolment, store)
        return ([.hello(hello.value)] + certificates + batches, outgoing)
      }
    }
    sent = outgoing
    let body = Frame.body(frames)
    report.roundTrips += 1
    report.bytesSent += body.count
    return body
  }

  /// Takes in an answer.
  ///
  /// - Parameters:
  ///   - body: The answer's body, or as much of it as arrived.
  ///   - bytesOnWire: How many bytes it was on the way; `nil` if as many.
  ///   - store: The device's store.
  ///   - now: The device's clock, in milliseconds since 1970.
  /// - Throws: ``SyncFailure``: `badAnswer`, `rewound`, `store`. What was taken in before stays.
  public mutating func receive(
    _ body: [UInt8],
    bytesOnWire: Int? = nil,
    store: OperationStore,
    now: Int64
  ) throws(SyncFailure) {
    report.bytesReceived += bytesOnWire ?? body.count
    guard reconciliation == nil else { return try receiveReconciled(body, store: store, now: now) }
    var reader = FrameReader(body)
    var inbox = Inbox(enrolment: enrolment, key: key, now: now)
    var results = 0
    var isSettled = true
    var hasMore = false
    var ignoresPages = false
    var readable: Set<VisitID> = []
    while let frame = try Self.read(&reader) {
      switch frame {
      case .hello(let value):
        if try greet(value, store: store, now: now) {
          isSettled = false
          ignoresPages = true
        }
      case .result(let result):
        guard results < sent.count else {
          throw SyncFailure(.badAnswer, "The server answered more batches than were sent.")
        }
        if try settle(sent[results], result.outcome, store: store) == false { isSettled = false }
        results += 1
      case .intake(let intake):
        try SyncFailure.stored { () throws(StoreError) in try store.keep(intake) }
      case .page, .certificate, .batch, .own, .head:
        if case .page(let page) = frame { readable.insert(page.visit) }
        // What was asked for from the old place says nothing about the new one.
        guard !ignoresPages else { continue }
        hasMore = try take(frame, into: &inbox, store: store) || hasMore
      case .enrolled, .streams, .held, .history, .end:
        continue
      }
    }
    wasCut = !reader.isComplete
    guard reader.isComplete else {
      // A cut connection: what was whole is stored, the rest is asked for again.
      return
    }
    // A whole answer leaves out the page of a visit only where the person may no longer read it.
    report.refusedFrom = closed.sorted()
    report.removedFrom = visits.filter { !readable.contains($0) && !closed.contains($0) }.sorted()
    let open = visits.filter { !closed.contains($0) }
    if report.state == .revoked { report.removedFrom = [] }
    let isAllSent = try SyncFailure.stored { () throws(StoreError) in
      for visit in open where try !store.unsent(of: visit).isEmpty { return false }
      return true
    }
    let wasUseful = inbox.hasAdvanced || (results > 0 && isSettled)
    stalls = wasUseful ? 0 : stalls + 1
    isDone =
      report.retire != nil
      || (isAllSent && isSettled && !hasMore && reconciliation == nil)
  }

  /// Takes in a frame of a page; answers whether the log goes on behind it.
  private mutating func take(
    _ frame: Frame,
    into inbox: inout Inbox,
    store: OperationStore
  ) throws(SyncFailure) -> Bool {
    switch frame {
    case .page(let page):
      let came = try inbox.close(page, store: store)
      report.batchesReceived += came.batches
      report.operationsReceived += came.operations
      if !page.hasMore {
        // Read to its end, a log is as long as what it is believed to hold, or it lost something.
        let sent = try SyncFailure.stored { () throws(StoreError) in
          try store.sentCount(of: page.visit)
        }
        if sent > page.digest.position { noteReturn() }
      }
      guard inbox.lacksOwn.contains(page.visit) else { return page.hasMore }
      // The page came to nothing: only a replica of another name is sent those batches whole.
      _ = try SyncFailure.stored { () throws(StoreError) in
        try store.transaction { () throws(StoreError) in try meet(.unknownOwnBatch, store) }
      }
      return false
    case .head(let line, let signature):
      if try !inbox.check(line, signature, store: store) { noteReturn() }
      guard let head = try? Head(line: line) else { return false }
      let cursor = try SyncFailure.stored { () throws(StoreError) in
        try store.cursor(of: head.visit)?.cursor
      }
      behind[head.visit] = max(0, head.digest.position - (cursor?.position ?? 0))
      report.batchesToReceive = behind.values.reduce(0) { $0 &+ $1 }
      return false
    case .certificate, .batch, .own, .hello, .result, .intake, .enrolled, .streams, .held,
      .history, .end:
      inbox.take(frame)
      return false
    }
  }

  /// Takes in a refusal of the whole request.
  ///
  /// - Returns: Whether to go on: with a server that has a new history everything is compared, one
  ///   that does not know the replica is shown its certificates, once, and one for which the body was
  ///   too large is sent the half of it, as long as there are halves.
  /// - Throws: ``SyncFailure`` `store`.
  public mutating func receive(
    _ problem: Problem,
    store: OperationStore
  ) throws(SyncFailure) -> Bool {
    let action = try SyncFailure.stored { () throws(StoreError) in
      try meet(.refusal(problem.code), store)
    }
    if action == .repeatWithCertificates { return true }
    if action == .sendLess { return halve() }
    guard action == .reconcile else { return false }
    report.hasNewHistory = true
    beginReconciling()
    return true
  }

  private static func read(_ reader: inout FrameReader) throws(SyncFailure) -> Frame? {
    do throws(ProtocolError) {
      return try reader.next()
    } catch {
      throw SyncFailure(.badAnswer, "The server's answer does not read: \(error.message).")
    }
  }

  /// Takes in the server's hello; answers whether everything must be sent and read anew.
  private mutating func greet(
    _ value: Value,
    store: OperationStore,
    now: Int64
  ) throws(SyncFailure) -> Bool {
    let answer: HelloAnswer
    do throws(ProtocolError) {
      answer = try HelloAnswer(value)
    } catch {
      throw SyncFailure(.badAnswer, "The server's hello does not read: \(error.message).")
    }
    report.state = answer.state
    let (difference, hasOverflowed) = answer.time.subtractingReportingOverflow(now)
    report.clockDifference = hasOverflowed ? nil : difference
    let visits = visits
    let isOther = try SyncFailure.stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        // The proposal was accepted: it is the token now, and the next hello proposes a new one.
        if answer.state != .cloned, let accepted = try store.document("device", "proposal") {
          try store.setDocument("device", "token", accepted)
          try store.setDocument("device", "proposal", nil)
          try store.setDocument("device", "receipt", answer.receipt.map { .string($0) })
        }
        try store.setDocument(
          "device",
          "server",
          .object([
            "clock": .int(hasOverflowed ? 0 : difference), "epoch": .string(answer.epoch.text),
            "seen": .int(now), "state": .string(answer.state.rawValue),
          ])
        )
        _ = try meet(.hello(answer.state), store)
        try confirm(store)
        for visit in visits {
          guard let cursor = try store.cursor(of: visit) else { continue }
          if cursor.cursor.epoch != answer.epoch { return true }
        }
        return false
      }
    }
    if isOther { report.hasNewHistory = true }
    if answer.state == .rewound { noteReturn() }
    if isOther { beginReconciling() }
    return isOther || answer.state == .rewound
  }

  /// Acts on the result of one batch (section 10); answers whether it is settled.
  private mutating func settle(
    _ batch: Outgoing,
    _ outcome: BatchResult.Outcome,
    store: OperationStore
  ) throws(SyncFailure) -> Bool {
    let entry = batch.entry
    let isOwn = entry.replica == enrolment.replica
    let result = DeviceEvent.Result(outcome)
    try SyncFailure.stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        _ = try meet(isOwn ? .ownBatch(result) : .othersBatch(result), store)
        switch outcome {
        case .ok, .duplicate, .held, .late, .fork:
          try store.markSent(entry.hash, of: batch.visit)
          try Self.noteHistory(of: batch.visit, store)
          try Self.note(outcome, of: entry.hash, in: batch.visit, store)
        case .notOnVisit:
          break
        case .gap(let next):
          try store.requeue(entry.replica, from: next, of: batch.visit)
        case .missing(let deps):
          for dependency in deps {
            try store.requeue(dependency.replica, from: 1, of: batch.visit)
          }
        case .bad(let why):
          try store.rescue(entry.hash, of: batch.visit, why: why.rawValue)
        }
      }
    }
    switch outcome {
    case .ok, .duplicate:
      report.batchesSent += 1
      report.operationsSent += batch.operations
      return true
    case .held, .late, .fork:
      report.batchesSent += 1
      report.operationsSent += batch.operations
      remark(batch, outcome)
      return true
    case .notOnVisit:
      closed.insert(batch.visit)
      return true
    case .bad:
      remark(batch, outcome)
      return true
    case .gap, .missing:
      return false
    }
  }

  private mutating func remark(_ batch: Outgoing, _ outcome: BatchResult.Outcome) {
    report.remarks.append(
      SyncReport.Remark(
        visit: batch.visit,
        replica: batch.entry.replica,
        number: batch.entry.number,
        outcome: outcome
      )
    )
  }
}
