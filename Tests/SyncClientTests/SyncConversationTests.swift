import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import TestSupport
import Testing

@Suite("A sync as a conversation")
struct SyncConversationTests {
  private let lab: Lab
  private let device: Device

  init() throws {
    lab = try Lab()
    device = try lab.device(of: 0, key: 0)
  }

  private func conversation(nonce: String? = nil) -> SyncConversation {
    SyncConversation(session: device.session(), key: device.key, nonce: nonce)
  }

  private func next(_ conversation: inout SyncConversation) throws -> TransportRequest? {
    try conversation.next(store: device.store, now: lab.now, token: device.token())
  }

  private func receive(
    _ answer: TransportAnswer,
    in conversation: inout SyncConversation
  ) throws(SyncFailure) {
    try conversation.receive(answer, store: device.store, now: lab.now)
  }

  /// Carries a conversation to its end; gives the targets that it asked for.
  private func carry(_ conversation: inout SyncConversation) throws -> [String] {
    var targets: [String] = []
    while let request = try next(&conversation) {
      targets.append(request.target)
      try receive(try lab.answer(request), in: &conversation)
    }
    return targets
  }

  private func refusal(_ code: Problem.Code) -> TransportAnswer {
    let problem = Problem(code, "Because.")
    return TransportAnswer(status: code.status, body: problem.body, nonce: lab.nonces.make(at: 0))
  }

  @Test("Without a nonce it asks for one first, and keeps it for the next conversation")
  func asksForNonce() throws {
    try lab.sync(device)
    try device.judge("xr-304", .met)
    var first = conversation()
    #expect(try carry(&first) == ["/v1/nonce", "/v1/sync"])
    #expect(first.report.batchesSent == 1)
    let nonce = try #require(first.nonce)
    var second = conversation(nonce: nonce)
    #expect(try carry(&second) == ["/v1/sync"])
    try device.expectQuiet()
  }

  @Test("A stale nonce costs one repeat of the same body, and the second refusal is the end")
  func staleNonce() throws {
    var conversation = conversation(nonce: "stale")
    let first = try #require(try next(&conversation))
    try receive(try lab.answer(first), in: &conversation)
    let second = try #require(try next(&conversation))
    #expect(second.body == first.body)
    #expect(second.authorization != first.authorization)
    #expect(conversation.report.roundTrips == 1)
    let failure = #expect(throws: SyncFailure.self) {
      try receive(refusal(.nonce), in: &conversation)
    }
    #expect(failure?.code == .refused && failure?.problem == .nonce)
  }

  @Test("A refusal that breaks off within its reason is no answer, wherever it breaks")
  func cutRefusal() throws {
    let whole = refusal(.credential)
    for length in 0..<whole.body.count {
      var conversation = conversation(nonce: lab.nonces.make(at: lab.now))
      _ = try next(&conversation)
      let cut = TransportAnswer(status: whole.status, body: Array(whole.body.prefix(length)))
      let failure = #expect(throws: SyncFailure.self) { try receive(cut, in: &conversation) }
      #expect(failure?.code == .noAnswer, "cut after \(length) bytes")
    }
  }

  @Test("Asked again before an answer has come, it gives the same request")
  func sameAgain() throws {
    var conversation = conversation(nonce: lab.nonces.make(at: lab.now))
    let first = try next(&conversation)
    #expect(try next(&conversation) == first)
    #expect(conversation.report.roundTrips == 1)
  }

  @Test("A refusal of the whole request is the end, and what was to be sent still waits")
  func refused() throws {
    try lab.sync(device)
    try device.judge("xr-304", .met)
    for code in [Problem.Code.notOnVisit, .credential, .unavailable] {
      var conversation = conversation(nonce: "n")
      let first = try #require(try next(&conversation))
      if code == .credential {
        // Whom the server does not know shows the certificates of the replica, once.
        try receive(refusal(code), in: &conversation)
        let second = try #require(try next(&conversation))
        #expect(second.body.count > first.body.count)
      }
      let failure = #expect(throws: SyncFailure.self) {
        try receive(refusal(code), in: &conversation)
      }
      #expect(failure?.code == .refused && failure?.problem == code)
      #expect(failure?.message == "Because.")
    }
    #expect(try device.store.unsentCounts(of: lab.visit).batches == 1)
  }

  @Test("With a server that has a new history everything is compared, in the same conversation")
  func newHistory() throws {
    try lab.sync(device)
    try device.judge("xr-304", .met)
    try lab.sync(device)
    let epoch = Epoch(bits: Bits128(high: 7, low: 7))
    try lab.service.beginHistory(epoch, now: lab.now, store: lab.store)
    var conversation = conversation(nonce: lab.nonces.make(at: lab.now))
    #expect(try carry(&conversation) == ["/v1/sync", "/v1/reconcile", "/v1/sync"])
    #expect(conversation.report.hasNewHistory)
    // It holds everything still.
    #expect(conversation.report.batchesSent == 0)
    try device.expectQuiet()
  }

  @Test("An answer cut short is asked for again; the eighth is the end")
  func cuts() throws {
    var conversation = conversation(nonce: lab.nonces.make(at: lab.now))
    for _ in 1..<8 {
      let request = try #require(try next(&conversation))
      let answer = try lab.answer(request)
      let cut = TransportAnswer(status: 200, body: Array(answer.body.prefix(40)))
      try receive(cut, in: &conversation)
    }
    _ = try next(&conversation)
    let failure = #expect(throws: SyncFailure.self) {
      try receive(TransportAnswer(status: 200, body: []), in: &conversation)
    }
    #expect(failure?.code == .noAnswer)
    var another = self.conversation(nonce: conversation.nonce)
    #expect(try carry(&another) == ["/v1/sync"])
    #expect(try device.digest() == lab.store.stateDigest(of: lab.visit))
  }

  /// Judges and seals, so that each judgement is a batch of its own.
  private func writeBatches(_ count: Int, because: (Int) -> String = { "Reason \($0)." }) throws {
    try lab.sync(device)
    for number in 0..<count {
      try device.judge("xr-304", number % 2 == 0 ? .met : .notMet, because: because(number))
      _ = try device.store.transaction { () throws(StoreError) in
        try device.store.seal(lab.visit, key: device.key, received: lab.now)
      }
    }
  }

  private func batches(in request: TransportRequest) throws -> Int {
    let body =
      request.isCompressed
      ? try Gzip.inflate(request.body, atMost: Limits.bodyBytes) : request.body
    return try FrameReader.frames(of: body).frames.count {
      if case .batch = $0 { true } else { false }
    }
  }

  @Test("A body that is too large for the server is halved until it is not")
  func halves() throws {
    try writeBatches(8)
    var conversation = conversation(nonce: lab.nonces.make(at: lab.now))
    var sizes: [Int] = []
    while let request = try next(&conversation) {
      sizes.append(try batches(in: request))
      let problem = Problem(.tooLarge, "Because.")
      let refusal = TransportAnswer(status: problem.code.status, body: problem.body)
      let isTooLarge = try batches(in: request) > 2
      try receive(isTooLarge ? refusal : try lab.answer(request), in: &conversation)
    }
    #expect(sizes.prefix(2) == [8, 4] && sizes.dropFirst(2).allSatisfy { $0 <= 2 }, "\(sizes)")
    #expect(conversation.report.batchesSent == 8)
    #expect(conversation.report.roundTrips == sizes.count)
    try device.expectQuiet()
  }

  @Test("What is too large and cannot be halved is a refusal, and it still waits")
  func tooLarge() throws {
    try writeBatches(2)
    var conversation = conversation(nonce: lab.nonces.make(at: lab.now))
    let failure = #expect(throws: SyncFailure.self) {
      while try next(&conversation) != nil { try receive(refusal(.tooLarge), in: &conversation) }
    }
    #expect(failure?.problem == .tooLarge)
    #expect(conversation.report.roundTrips == 2)
    #expect(try device.store.unsentCounts(of: lab.visit).batches == 2)
  }

  @Test("A compressed body says what a plain one says, and counts as what it is on the way")
  func compressed() throws {
    try writeBatches(8)
    let nonce = lab.nonces.make(at: lab.now)
    var plain = conversation(nonce: nonce)
    let body = try #require(try next(&plain)).body
    var conversation = SyncConversation(
      session: device.session(),
      key: device.key,
      nonce: nonce,
      compresses: true
    )
    let request = try #require(try next(&conversation))
    #expect(request.isCompressed && request.body.count < body.count / 2)
    #expect(try Gzip.inflate(request.body, atMost: Limits.bodyBytes) == body)
    #expect(conversation.report.bytesSent == request.body.count)
    let answer = try lab.answer(request)
    let received = TransportAnswer(status: 200, body: answer.body, bytesOnWire: 7)
    try receive(received, in: &conversation)
    #expect(conversation.report.bytesReceived == 7)
    #expect(try next(&conversation) == nil)
    try device.expectQuiet()
  }

  @Test("A body that is too large even compressed is halved before it is sent")
  func tooLargeCompressed() throws {
    var chance = SeededGenerator(seed: 5)
    try writeBatches(220) { _ in
      // Six bits a character to whoever compresses it.
      Text64.encode((0..<750).flatMap { _ in Bits128(high: 0, low: chance.next()).bytes.suffix(8) })
    }
    var conversation = SyncConversation(
      session: device.session(),
      key: device.key,
      nonce: lab.nonces.make(at: lab.now),
      compresses: true
    )
    var sizes: [Int] = []
    while let request = try next(&conversation) {
      #expect(request.isCompressed && request.body.count <= Limits.compressedBodyBytes)
      sizes.append(try batches(in: request))
      try receive(try lab.answer(request), in: &conversation)
    }
    #expect(sizes.first == 110 && sizes.count <= 3, "\(sizes)")
    #expect(conversation.report.roundTrips == sizes.count)
    #expect(conversation.report.batchesSent == 220)
    try device.expectQuiet()
  }
}
