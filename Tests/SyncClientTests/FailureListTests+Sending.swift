import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import Testing

/// What is on its way, or fails on it.
extension FailureListTests {
  // QFieldCloud#154.
  @Test("A batch that comes again and again blocks nothing that follows it (failure list 5)")
  func duplicates() throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    try lab.sync(device)
    // Every answer is lost, so each request brings all batches before it again.
    for number in 1...5 {
      try device.judge("xr-10\(number)", .met)
      var session = device.session()
      let body = try device.body(&session, lab.now)
      let frames = try FrameReader.frames(of: body).frames
      let batches = frames.filter { frame in
        guard case .batch = frame else { return false }
        return true
      }
      #expect(batches.count == number)
      // And each of them twice within the body.
      let answer = try FrameReader.frames(
        of: try lab.answer(Frame.body(frames + batches), from: device)
      )
      let codes = answer.frames.compactMap { frame -> String? in
        guard case .result(let result) = frame else { return nil }
        return result.outcome.code
      }
      #expect(
        codes == Array(repeating: "dup", count: number - 1) + ["ok"]
          + Array(repeating: "dup", count: number)
      )
    }
    try device.judge("xr-304", .met)
    #expect(try lab.sync(device).roundTrips == 1)
    try device.expectQuiet()
    #expect(try lab.store.logDigest(of: lab.visit).position == 7)
    #expect(try device.digest() == lab.store.stateDigest(of: lab.visit))
  }

  // QFieldCloud#429.
  @Test(
    "A server that fails on a resolution leaves it whole and unsent, and it goes out later (failure list 7)"
  )
  func serverFails() throws {
    let lab = try Lab()
    let lead = try lab.resolved().lead
    let page = Array("<h1>Internal Server Error</h1>".utf8)
    let failures =
      [500, 502, 504].map { TransportAnswer(status: $0, body: page) }
      + [Problem.Code.unavailable, .busy].map {
        TransportAnswer(status: $0.status, body: Problem($0, "Later.").body)
      }
    for failure in failures {
      var conversation = SyncConversation(session: lead.session(), key: lead.key, nonce: "n")
      _ = try conversation.next(store: lead.store, now: lab.now, token: lead.token())
      #expect(throws: SyncFailure.self, "\(failure.status)") {
        try conversation.receive(failure, store: lead.store, now: lab.now)
      }
      #expect(try lead.teamView("xr-304") == .resolved(.met))
      #expect(try lead.obstacles() == [.unsent(batches: 1, operations: 1)])
    }
    #expect(try lab.carry(lead).retirements.isEmpty)
    #expect(try lead.obstacles().isEmpty)
    let late = try lab.device(of: 1, key: 9)
    try lab.sync(late)
    #expect(try late.teamView("xr-304") == .resolved(.met))
    #expect(try late.place("xr-304")?.resolutions.all.count == 1)
  }

  // QField#5205.
  @Test("An answer cut at any byte brings a resolution whole or not at all (failure list 8)")
  func wholeOrNothing() throws {
    let lab = try Lab()
    let (lead, _, _) = try lab.resolved()
    try lab.sync(lead)
    // The same reader each time that it has seen the resolution, from before it.
    func reader() throws -> Device {
      let reader = try lab.device(of: 1, key: 9)
      try lab.store.setDocument("device", reader.enrolment.replica.text, nil)
      try lab.sync(reader, upTo: 3)
      #expect(try !lab.showsResolution(reader.store))
      return reader
    }
    var device = try reader()
    var session = device.session()
    var answer = try lab.answer(try device.body(&session, lab.now), from: device)
    var first: Int?
    var k = 0
    while k <= answer.count {
      defer { k += 1 }
      var cut = session
      try cut.receive(Array(answer.prefix(k)), store: device.store, now: lab.now)
      let isShown = try lab.showsResolution(device.store)
      #expect(isShown == (first != nil) || first == nil)
      guard isShown, k < answer.count else { continue }
      first = first ?? k
      device = try reader()
      session = device.session()
      answer = try lab.answer(try device.body(&session, lab.now), from: device)
    }
    #expect(try lab.showsResolution(device.store) && first != nil)
    print("cut at every k from 0 to \(answer.count), whole from \(first ?? -1)")
  }

  // QField#5205.
  @Test("A request cut at any byte leaves a resolution whole or not at all (failure list 8)")
  func wholeOrNothingOnServer() throws {
    var lab = try Lab()
    var lead = try lab.resolved().lead
    var session = lead.session()
    var body = try lead.body(&session, lab.now)
    let length = body.count
    for k in 0...length {
      _ = try? lab.answer(Array(body.prefix(k)), from: lead)
      guard try lab.showsResolution(lab.store), k < length else { continue }
      lab = try Lab()
      lead = try lab.resolved().lead
      session = lead.session()
      body = try lead.body(&session, lab.now)
    }
    #expect(try lab.showsResolution(lab.store))
    // Whatever came of it, the next sync finds it there.
    try lab.sync(lead)
    #expect(try lab.store.logDigest(of: lab.visit).position == 4)
  }

  // cht-core#5108.
  @Test("Nothing is ever said to be synced while it is open or unsent (failure list 15)")
  func neverSyncedTooEarly() throws {
    let lab = try Lab()
    var device = try lab.device(of: 0, key: 0)
    try lab.sync(device)
    #expect(try device.obstacles().isEmpty)
    try device.judge("xr-304", .met)
    #expect(try device.obstacles() == [.open(operations: 1)])
    var session = device.session()
    let body = try device.body(&session, lab.now)
    #expect(try device.obstacles() == [.unsent(batches: 1, operations: 1)])
    try device.judge("xr-101", .met)
    #expect(try device.obstacles() == [.open(operations: 1), .unsent(batches: 1, operations: 1)])
    // However much of the request arrives and of the answer comes back, the second waits.
    for k in 0..<body.count { _ = try? lab.answer(Array(body.prefix(k)), from: device) }
    #expect(try device.obstacles().count == 2)
    var answer = try lab.answer(body, from: device)
    var counts: Set<Int64> = []
    var k = 0
    while k <= answer.count {
      defer { k += 1 }
      var cut = session
      try cut.receive(Array(answer.prefix(k)), store: device.store, now: lab.now)
      counts.insert(try device.store.unsentCounts(of: lab.visit).operations)
      #expect(try !device.obstacles().isEmpty, "cut after \(k) bytes")
      guard try device.obstacles().count < 2, k < answer.count else { continue }
      // The same device once more, from the same start: it seals the very same bytes.
      device = try lab.device(of: 0, key: 0)
      try lab.store.setDocument("device", device.enrolment.replica.text, nil)
      try lab.sync(device, upTo: 1)
      try device.judge("xr-304", .met)
      session = device.session()
      answer = try lab.answer(try device.body(&session, lab.now), from: device)
      try device.judge("xr-101", .met)
    }
    #expect(counts == [1, 2])
    #expect(try device.obstacles() == [.unsent(batches: 1, operations: 1)])
    try lab.sync(device)
    #expect(try device.obstacles().isEmpty)
    #expect(try lab.store.stateDigest(of: lab.visit) == device.digest())
  }

  // cht-core#5108.
  @Test("Nothing is ever said to be synced while it is refused or waits (failure list 15)")
  func neverSyncedWithoutAll() throws {
    let lab = try Lab()
    let (device, other) = (try lab.device(of: 0, key: 0), try lab.device(of: 1, key: 1))
    for device in [device, other] { try lab.sync(device) }
    // The second batch of somebody comes by file before the first.
    for ref in ["xr-101", "xr-102"] {
      try other.judge(ref, .met)
      try lab.sync(other)
    }
    let entry = try #require(try other.store.entries(of: lab.visit, after: 2).entries.first)
    let sealed = try #require(try other.store.sealedCertificate(of: entry.replica))
    try device.store.transaction { () throws(StoreError) in
      _ = try device.store.admit(sealed, identity: lab.keys.identity.publicKey)
    }
    let verified = try VerifiedBatch(entry.sealed) { try? device.store.certificate(of: $0) }
    let isKept = try device.store.transaction { () throws(StoreError) in
      try device.store.keepWaiting(verified, received: 0)
    }
    #expect(try isKept && device.obstacles() == [.waiting(batches: 1)])
    try lab.sync(device)
    #expect(try device.obstacles().isEmpty)
    // The server refuses one.
    try device.judge("xr-304", .met)
    var session = device.session()
    _ = try device.body(&session, lab.now)
    let sent = try #require(try device.store.unsent(of: lab.visit).first)
    let refusal = BatchResult(
      visit: lab.visit,
      replica: sent.replica,
      number: sent.number,
      outcome: .bad(.malformed)
    )
    let answer = Frame.body([.result(refusal), .end])
    try session.receive(answer, store: device.store, now: lab.now)
    #expect(try device.obstacles() == [.rescued(batches: 1)])
    try lab.carry(device)
    #expect(try device.obstacles() == [.rescued(batches: 1)])
  }

  // collect#6728, #5687.
  @Test(
    "An edit while its record is being sent is kept, and has not seen the answer (failure list 24)",
    arguments: [false, true]
  )
  func editWhileSending(isLost: Bool) throws {
    let lab = try Lab()
    let (_, one, two) = try lab.apart()
    try lab.sync(two)
    var session = one.session()
    let body = try one.body(&session, lab.now)
    let answer = try lab.answer(body, from: one)
    try one.judge("xr-304", .notApplicable, because: "Changed meanwhile.")
    try session.receive(isLost ? [] : answer, store: one.store, now: lab.now)
    #expect(try one.rationales("xr-304").contains("Changed meanwhile."))
    #expect(try !one.obstacles().isEmpty)
    for device in [one, two, one] { try lab.sync(device) }
    #expect(try one.obstacles().isEmpty)
    for device in [one, two] {
      #expect(try device.rationales("xr-304") == ["Changed meanwhile.", "Room 2."])
    }
    let (entries, causality) = try two.store.history(of: lab.visit)
    let mine = entries.map(\.operation).filter { $0.person == one.enrolment.person }
    let theirs = try #require(
      entries.map(\.operation).first { $0.person == two.enrolment.person }
    )
    try #require(mine.count == 2)
    #expect(causality.hasSeen(mine[1].dot, mine[0].dot))
    #expect(mine.allSatisfy { !causality.hasSeen($0.dot, theirs.dot) })
    #expect(try two.place("xr-304")?.awareness == [])
  }
}
