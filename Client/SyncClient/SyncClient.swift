public import Convergence
public import OperationStore
public import SyncProtocol

/// Carries out what a ``SyncConversation`` decides, over a transport.
///
/// It belongs to one task; the store is only touched between requests, never while one is under way.
public struct SyncClient {
  let transport: any Transport
  private let clock: @Sendable () -> Int64
  private let random: @Sendable () -> Bits128
  private let compresses: Bool

  /// Whether listening is done by polls: the way to the server carries no streams.
  var polls = false

  /// The server's last nonce: kept from one run to the next, it saves a round trip.
  public private(set) var nonce: String?

  /// Makes a client.
  ///
  /// - Parameters:
  ///   - transport: What carries requests.
  ///   - clock: The device's clock, in milliseconds since 1970.
  ///   - random: Sixteen random bytes at each call.
  ///   - nonce: A nonce of an earlier run, if there is one; a stale one costs a round trip.
  ///   - compresses: Whether bodies are sent compressed.
  public init(
    transport: any Transport,
    clock: @escaping @Sendable () -> Int64,
    random: @escaping @Sendable () -> Bits128,
    nonce: String? = nil,
    compresses: Bool = true
  ) {
    self.nonce = nonce
    self.compresses = compresses
    self.transport = transport
    self.clock = clock
    self.random = random
  }

  /// Enrols a device.
  ///
  /// - Parameters:
  ///   - code: The code that the person typed.
  ///   - key: A new key of this device, already kept in a file: the answer may get lost.
  ///   - server: Where the server is, as the person typed it.
  ///   - deviceName: The device's name.
  ///   - store: The device's store.
  /// - Returns: Who the device now writes as.
  /// - Throws: ``SyncFailure``: `noAnswer`, `untrustedServer`, `refused`, `badAnswer`, `store`.
  public mutating func enrol(
    _ code: EnrolmentCode,
    key: SigningKey,
    server: String,
    deviceName: String,
    store: OperationStore
  ) async throws(SyncFailure) -> Enrolment {
    let request: EnrolRequest
    do throws(ProtocolError) {
      request = try EnrolRequest(code: code, key: key, deviceName: deviceName)
    } catch {
      throw SyncFailure(.badAnswer, error.message)
    }
    let answer = try await send(
      TransportRequest(
        method: "POST",
        target: "/v1/enrol",
        body: request.body,
        contentType: "application/json"
      )
    )
    try Self.check(answer)
    let frames: [Frame]
    do throws(ProtocolError) {
      let read = try FrameReader.frames(of: answer.body)
      guard read.isComplete else { throw ProtocolError(.malformed, "it was cut short") }
      frames = read.frames
    } catch {
      throw SyncFailure(.badAnswer, "The server's answer does not read: \(error.message).")
    }
    return try Enrolment(
      answer: frames,
      code: code,
      key: key,
      server: server,
      deviceName: deviceName,
      store: store
    )
  }

  /// The visits that the server assigns to the person.
  ///
  /// - Throws: ``SyncFailure``: `noAnswer`, `refused`, `badAnswer`.
  public mutating func visits(key: SigningKey) async throws(SyncFailure) -> [VisitSummary] {
    let answer = try await proved("GET", "/v1/visits", body: [], key: key)
    try Self.check(answer)
    do throws(ProtocolError) {
      return try VisitSummary.visits(body: answer.body)
    } catch {
      throw SyncFailure(.badAnswer, "The server's answer does not read: \(error.message).")
    }
  }

  /// The bytes of a framework edition, checked against the hash that the visit pins.
  ///
  /// - Throws: ``SyncFailure``: `noAnswer`, `refused`, `badAnswer` if they are other bytes.
  public mutating func framework(
    id: String,
    edition: String,
    hash: Hash256
  ) async throws(SyncFailure) -> [UInt8] {
    let answer = try await send(
      TransportRequest(method: "GET", target: "/v1/frameworks/\(id)/\(edition)")
    )
    try Self.check(answer)
    guard Hash256.plain(answer.body) == hash else {
      throw SyncFailure(
        .badAnswer,
        "The server's framework \(id) \(edition) is not the one that the visit is pinned to."
      )
    }
    return answer.body
  }

  /// Syncs visits until the device and the server hold the same.
  ///
  /// - Parameters:
  ///   - session: A session; it says afterwards what was done.
  ///   - key: The device's key.
  ///   - store: The device's store.
  ///   - progress: Called after every round trip.
  ///   - patience: How often what may pass is tried again: a server that is busy, or a line that broke
  ///     after it had worked.
  ///   - pause: Waits for some milliseconds; called before each such try.
  /// - Throws: ``SyncFailure``. Everything written is safe on the device, whatever is thrown.
  public mutating func sync(
    _ session: inout SyncSession,
    key: SigningKey,
    store: OperationStore,
    progress: (SyncReport) -> Void = { _ in },
    patience: Patience = .none,
    pause: (_ milliseconds: Int64, _ why: SyncFailure) async throws -> Void = { _, _ in }
  ) async throws(SyncFailure) {
    var conversation = SyncConversation(
      session: session,
      key: key,
      nonce: nonce,
      compresses: compresses
    )
    defer { session = conversation.session }
    var repeats = 0
    while let request = try conversation.next(store: store, now: clock(), token: random()) {
      do throws(SyncFailure) {
        try conversation.receive(try await send(request), store: store, now: clock())
        repeats = 0
        progress(conversation.report)
      } catch {
        guard error.mayPass(wasAnswered: conversation.wasAnswered),
          let wait = patience.wait(
            after: repeats,
            retryAfterSeconds: error.retryAfterSeconds,
            chance: random()
          ), (try? await pause(wait, error)) != nil
        else { throw error }
        repeats += 1
      }
    }
  }

  /// Sends a request with the proof of the key, until its answer has come.
  mutating func proved(
    _ method: String,
    _ target: String,
    body: [UInt8],
    key: SigningKey
  ) async throws(SyncFailure) -> TransportAnswer {
    var call = ProvedCall(method, target, body: body, key: key, nonce: nonce)
    while true {
      let answer = try await send(try call.request(nonce: nonce))
      if call.isAnswered(by: answer) { return answer }
    }
  }

  /// What the device's clock shows.
  func now() -> Int64 { clock() }

  /// Sixteen random bytes.
  func token() -> Bits128 { random() }

  /// Keeps a nonce for the next request.
  mutating func note(nonce: String?) {
    if let nonce { self.nonce = nonce }
  }

  mutating func send(
    _ request: TransportRequest
  ) async throws(SyncFailure) -> TransportAnswer {
    do throws(TransportFailure) {
      let answer = try await transport.send(request)
      note(nonce: answer.nonce)
      return answer
    } catch {
      throw SyncFailure(error)
    }
  }

  static func check(_ answer: TransportAnswer) throws(SyncFailure) {
    try answer.checkRefusal()
    if let problem = answer.problem {
      throw SyncFailure(problem, retryAfterSeconds: answer.retryAfterSeconds)
    }
  }
}
