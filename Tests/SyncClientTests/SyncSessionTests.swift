import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import Testing

@Suite("A sync session")
struct SyncSessionTests {
  /// Three people judge the same standards without having seen each other.
  private func apart(_ lab: Lab) throws -> [Device] {
    let devices = try (0..<3).map { try lab.device(of: $0, key: $0) }
    for device in devices { try lab.sync(device) }
    for (device, outcome) in zip(devices, [Outcome.met, .notMet, .notApplicable]) {
      try device.judge("xr-304", outcome, because: "By \(device.enrolment.name).")
      try device.judge("xr-101", .met)
    }
    return devices
  }

  @Test("Every order in which three devices sync ends in the same state (C01, C02)")
  func everyOrder() throws {
    var digests: Set<Hash256> = []
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let lab = try Lab()
      let devices = try apart(lab)
      for index in order { try lab.sync(devices[index]) }
      for index in order { try lab.sync(devices[index]) }
      for device in devices {
        try device.expectQuiet()
        digests.insert(try device.digest())
        #expect(try lab.store.stateDigest(of: lab.visit) == device.digest())
      }
      let cells = try devices[0].store.cells(of: lab.visit)
      let view = VisitView(cells: cells, framework: nil, hasSeen: { _, _ in false })
      #expect(view.standard(id: "qsi/xr-304")?.teamView.isOpen == true)
      #expect(view.standard(id: "qsi/xr-101")?.teamView.isOpen == false)
    }
    #expect(digests.count == 1)
  }

  @Test("A sync with nothing new is one round trip and sends nothing")
  func steady() throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    try lab.sync(device)
    let report = try lab.sync(device)
    #expect(report.roundTrips == 1)
    #expect(report.batchesSent == 0 && report.batchesReceived == 0)
  }

  @Test("A device keeps what the server said of the others, and nobody is told twice")
  func intake() throws {
    let lab = try Lab()
    let devices = try (0..<2).map { try lab.device(of: $0, key: $0) }
    #expect(try devices[0].store.intake(of: lab.visit) == nil)
    try lab.sync(devices[0])
    let told = try #require(try devices[0].store.intake(of: lab.visit))
    #expect(told.devices.map(\.state) == [.unknown, .unknown])
    #expect(told.devices.map { $0.replica == nil } == [false, true])
    let quiet = try lab.sync(devices[0]).bytesReceived
    try lab.sync(devices[1])
    let time = lab.now
    let loud = try lab.sync(devices[0]).bytesReceived
    let again = try #require(try devices[0].store.intake(of: lab.visit))
    #expect(again.devices.first?.state == .complete(at: time))
    #expect(try lab.sync(devices[0]).bytesReceived == quiet && loud > quiet)
  }

  @Test("An answer cut at any byte k from 0 to N loses nothing and doubles nothing (C66)")
  func cutAnywhere() throws {
    let lab = try Lab(people: 2)
    let other = try lab.device(of: 1, key: 1)
    try lab.sync(other)
    try other.judge("xr-304", .notMet)
    try lab.sync(other)
    var length = 0
    var k = 0
    var digests: Set<Hash256> = []
    repeat {
      // The same device each time, from the same start: it seals the very same bytes.
      let device = try lab.device(of: 0, key: 0)
      // So that it is no copy of itself, the server forgets the token of the time before.
      try lab.store.setDocument("device", device.enrolment.replica.text, nil)
      try lab.sync(device, upTo: 1)
      try device.judge("xr-304", .met)
      var session = device.session()
      let body = try #require(
        try session.next(store: device.store, now: 0, token: device.token())
      )
      let answer = try lab.answer(body, from: device)
      length = max(length, answer.count)
      try session.receive(Array(answer.prefix(k)), store: device.store, now: 0)
      // The connection is gone, and so is the session; a new one goes on.
      try lab.sync(device)
      try device.expectQuiet()
      digests.insert(try device.digest())
      k += 1
    } while k <= length
    print("cut at every k from 0 to \(length)")
    #expect(digests == [try lab.store.stateDigest(of: lab.visit)])
    // The founding, and one batch of each device.
    #expect(try lab.store.logDigest(of: lab.visit).position == 3)
  }

  @Test("A request cut at any byte stores whole batches or none, and the rest is sent again")
  func cutRequest() throws {
    let reference = try Lab()
    let device = try apart(reference)[0]
    var session = device.session()
    let length = try #require(
      try session.next(store: device.store, now: 0, token: device.token())
    ).count
    for k in stride(from: 0, through: length, by: 7) {
      let lab = try Lab()
      let devices = try apart(lab)
      var session = devices[0].session()
      let body = try #require(
        try session.next(store: devices[0].store, now: 0, token: devices[0].token())
      )
      // Whatever the server made of the part, its answer is lost.
      _ = try? lab.answer(Array(body.prefix(k)), from: devices[0])
      for device in devices { try lab.sync(device) }
      for device in devices { try lab.sync(device) }
      let digests = Set(try devices.map { try $0.digest() })
      #expect(digests.count == 1)
      // The authority's founding, and one batch of each device.
      #expect(try lab.store.logDigest(of: lab.visit).position == 4)
    }
  }

  @Test("Work that came in between is seen only by what is written after it")
  func sealedBeforeForeign() throws {
    let lab = try Lab()
    let one = try lab.device(of: 0, key: 0)
    let two = try lab.device(of: 1, key: 1)
    try lab.sync(one)
    try lab.sync(two)
    try one.judge("xr-304", .met)
    try two.judge("xr-304", .notMet)
    try lab.sync(two)
    try lab.sync(one)
    try one.judge("xr-304", .notApplicable)
    try lab.sync(one)
    let (entries, causality) = try one.store.history(of: lab.visit)
    let mine = entries.map(\.operation).filter { $0.person == one.enrolment.person }
    let theirs = try #require(
      entries.map(\.operation).first { $0.person == two.enrolment.person }
    )
    #expect(mine.count == 2)
    #expect(!causality.hasSeen(mine[0].dot, theirs.dot))
    #expect(causality.hasSeen(mine[1].dot, theirs.dot))
  }

  @Test("What is written while an answer is under way has seen nothing of it")
  func writtenMeanwhile() throws {
    let lab = try Lab()
    let one = try lab.device(of: 0, key: 0)
    let two = try lab.device(of: 1, key: 1)
    try lab.sync(one)
    try lab.sync(two)
    try two.judge("xr-304", .notMet)
    try lab.sync(two)
    var session = one.session()
    let body = try #require(try session.next(store: one.store, now: 0, token: one.token()))
    let answer = try lab.answer(body, from: one)
    try one.judge("xr-304", .met)
    try session.receive(answer, store: one.store, now: 0)
    try lab.sync(one)
    try one.expectQuiet()
    let (entries, causality) = try one.store.history(of: lab.visit)
    let operations = entries.map(\.operation)
    let mine = try #require(operations.first { $0.person == one.enrolment.person })
    let theirs = try #require(operations.first { $0.person == two.enrolment.person })
    #expect(!causality.hasSeen(mine.dot, theirs.dot))
  }

  @Test("A long log comes in pages, and every page is kept as it comes")
  func pages() throws {
    let lab = try Lab()
    lab.pageCount = 2
    let one = try lab.device(of: 0, key: 0)
    try lab.sync(one)
    for number in 1...7 {
      try one.judge("xr-10\(number)", .met)
      try lab.sync(one)
    }
    let two = try lab.device(of: 1, key: 1)
    let report = try lab.sync(two)
    #expect(report.roundTrips == 4)
    #expect(report.operationsReceived >= 7)
    #expect(try two.digest() == one.digest())
  }

  @Test("A server that went back in time is told everything again")
  func rewound() throws {
    let lab = try Lab()
    let one = try lab.device(of: 0, key: 0)
    try lab.sync(one)
    try one.judge("xr-304", .met)
    try lab.sync(one)
    // The same server without what it had: its epoch is the same, so only the position tells.
    let old = try Lab()
    _ = try old.device(of: 0, key: 0)
    let report = try old.sync(one)
    #expect(report.wentBack)
    try old.sync(one)
    #expect(try old.store.stateDigest(of: old.visit) == one.digest())
    try one.expectQuiet()
  }

  @Test("A server that lost what others wrote gets it from a device that had read it")
  func lostByServer() throws {
    let lab = try Lab()
    let one = try lab.device(of: 0, key: 0)
    let two = try lab.device(of: 1, key: 1)
    try lab.sync(two)
    try two.judge("xr-304", .notMet)
    try lab.sync(two)
    try lab.sync(one)
    let old = try Lab()
    _ = try old.device(of: 0, key: 0)
    try old.sync(one)
    #expect(try old.store.stateDigest(of: old.visit) == one.digest())
    #expect(try old.store.logDigest(of: old.visit).position == 2)
    try one.expectQuiet()
  }

  @Test("A page whose digest does not follow from its batches is not used")
  func wrongDigest() throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    var session = device.session()
    let body = try #require(try session.next(store: device.store, now: 0, token: device.token()))
    var frames = try FrameReader.frames(of: try lab.answer(body, from: device)).frames
    let index = try #require(
      frames.firstIndex { frame in
        guard case .page = frame else { return false }
        return true
      }
    )
    frames[index] = .page(
      Page(
        visit: lab.visit,
        digest: LogDigest(position: 1, hash: Hash256.plain([1])),
        hasMore: false
      )
    )
    let store = device.store
    #expect(throws: SyncFailure.self) {
      try session.receive(Frame.body(frames), store: store, now: 0)
    }
    #expect(try store.cursor(of: lab.visit) == nil)
    #expect(try store.logDigest(of: lab.visit).position == 0)
  }

  @Test("A batch with one changed byte is not used, nor anything of its page")
  func wrongSignature() throws {
    let lab = try Lab()
    let writer = try lab.device(of: 1, key: 1)
    try lab.sync(writer)
    try writer.judge("xr-304", .met)
    try lab.sync(writer)
    let device = try lab.device(of: 0, key: 0)
    var session = device.session()
    let body = try #require(try session.next(store: device.store, now: 0, token: device.token()))
    let frames = try FrameReader.frames(of: try lab.answer(body, from: device)).frames.map {
      frame -> Frame in
      guard case .batch(let sealed, let place) = frame,
        let index = sealed.line.lastIndex(of: UInt8(ascii: "m"))
      else { return frame }
      var line = sealed.line
      line[index] = UInt8(ascii: "n")
      return .batch(SealedBatch(line: line, signature: sealed.signature), place)
    }
    let store = device.store
    #expect(throws: SyncFailure.self) {
      try session.receive(Frame.body(frames), store: store, now: 0)
    }
    #expect(try store.logDigest(of: lab.visit).position == 0)
  }

  @Test("A head that somebody else signed is refused")
  func wrongHead() throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    var session = device.session()
    let body = try #require(try session.next(store: device.store, now: 0, token: device.token()))
    let thief = try Lab.key(8, 8)
    let frames = try FrameReader.frames(of: try lab.answer(body, from: device)).frames.map {
      frame -> Frame in
      guard case .head(let line, _) = frame else { return frame }
      return .head(line: line, signature: try thief.sign(Hash256(.head, line)))
    }
    let store = device.store
    #expect(throws: SyncFailure.self) {
      try session.receive(Frame.body(frames), store: store, now: 0)
    }
  }

  @Test("A signed head of less than was read shows that the server went back in time")
  func earlierHead() throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    func answer(in session: inout SyncSession) throws -> [Frame] {
      let body = try #require(try session.next(store: device.store, now: 0, token: device.token()))
      return try FrameReader.frames(of: try lab.answer(body, from: device)).frames
    }
    func isHead(_ frame: Frame) -> Bool {
      guard case .head = frame else { return false }
      return true
    }
    var first = device.session()
    let early = try #require(answer(in: &first).first(where: isHead))
    try lab.sync(device)
    try device.judge("xr-304", .met)
    try lab.sync(device)
    var session = device.session()
    let frames = try answer(in: &session).map { isHead($0) ? early : $0 }
    let failure = #expect(throws: SyncFailure.self) {
      try session.receive(Frame.body(frames), store: device.store, now: 0)
    }
    #expect(failure?.code == .rewound)
  }

  @Test(
    "Somebody who was removed sends what they wrote, is told, and goes on with other visits (C68)"
  )
  func removed() throws {
    let lab = try Lab()
    let device = try lab.device(of: 1, key: 1)
    let other = VisitID(bits: Bits128(high: 1, low: 2))
    try lab.found(other, people: 2)
    try device.store.addVisit(other)
    try lab.sync(device)
    try device.judge("xr-304", .met)
    try lab.remove(1)
    var session = device.session(and: [other])
    while let body = try session.next(store: device.store, now: lab.now, token: device.token()) {
      let answer = try lab.answer(body, from: device)
      try session.receive(answer, store: device.store, now: lab.now)
    }
    #expect(session.report.removedFrom == [lab.visit])
    #expect(session.report.remarks.map(\.outcome.code) == ["held"])
    #expect(session.report.roundTrips == 1)
    try device.expectQuiet()
    let founding = try lab.store.logDigest(of: other)
    #expect(try device.store.logDigest(of: other) == founding)
    // Nothing of the removal came in: the device stands where it was.
    #expect(try device.store.cursor(of: lab.visit)?.digest.position == 1)
  }

  @Test("An answer that was cut short removes nobody")
  func cutIsNoRemoval() throws {
    let lab = try Lab()
    let device = try lab.device(of: 1, key: 1)
    var session = device.session()
    let body = try #require(try session.next(store: device.store, now: 0, token: device.token()))
    let answer = try lab.answer(body, from: device)
    try session.receive(Array(answer.prefix(200)), store: device.store, now: 0)
    #expect(session.wasCut)
    #expect(session.report.removedFrom == [])
    try lab.sync(device)
  }
}
