public import Convergence
public import OperationStore
public import SyncProtocol

/// One sync as a conversation: which request comes next, and what its answer means.
///
/// It holds no connection, no clock and no randomness. Ask it for a request, carry it, hand it the
/// answer; repeat until it asks for nothing more. Where no answer comes, drop it: whatever was taken
/// in is on the device's disk, and a new conversation can be begun at any moment.
public struct SyncConversation {
  /// What the conversation has done so far.
  public var report: SyncReport { session.report }

  /// The server's last nonce: kept from one conversation to the next, it saves a round trip.
  public private(set) var nonce: String?

  /// Whether the server took a request in and answered it: the line is known to work.
  ///
  /// That it gave a nonce, or was busy, says little of what it can do.
  private(set) var wasAnswered = false

  private(set) var session: SyncSession
  private let key: SigningKey
  private let compresses: Bool
  private var call: ProvedCall?
  private var cuts = 0

  /// How many answers may be cut short before the conversation is given up.
  private static let mostCuts = 8

  /// Begins a conversation.
  ///
  /// - Parameters:
  ///   - session: A new session; it decides what the bodies say.
  ///   - key: The device's key.
  ///   - nonce: A nonce of an earlier conversation, if there is one; a stale one costs a round trip.
  ///   - compresses: Whether bodies are sent compressed.
  public init(
    session: SyncSession,
    key: SigningKey,
    nonce: String? = nil,
    compresses: Bool = false
  ) {
    self.session = session
    self.key = key
    self.nonce = nonce
    self.compresses = compresses
  }

  /// The next request, or `nil` when both sides hold the same.
  ///
  /// Asked again before the answer has come, it gives the same request again.
  ///
  /// - Parameters:
  ///   - store: The device's store; open operations are sealed in it first, durably.
  ///   - now: The device's clock, in milliseconds since 1970.
  ///   - token: 16 random bytes, the proposal for the hello.
  /// - Returns: A request, its proof made with the nonce that is known by then.
  /// - Throws: ``SyncFailure``: `store`, `noProgress`, `badAnswer` if the server's nonce is of no use.
  public mutating func next(
    store: OperationStore,
    now: Int64,
    token: Bits128
  ) throws(SyncFailure) -> TransportRequest? {
    if let call { return try call.request(nonce: nonce) }
    guard var body = try session.next(store: store, now: now, token: token) else { return nil }
    var call = call(body, compresses: compresses)
    while call.isTooLarge {
      // What cannot be halved any more is sent as it is: no single batch is over that bound.
      guard session.takeBack(body),
        let less = try session.next(store: store, now: now, token: token)
      else {
        call = self.call(body, compresses: false)
        break
      }
      body = less
      call = self.call(body, compresses: compresses)
    }
    session.noteSent(body, bytesOnWire: call.bytesOnWire)
    self.call = call
    return try call.request(nonce: nonce)
  }

  private func call(_ body: [UInt8], compresses: Bool) -> ProvedCall {
    ProvedCall(
      "POST",
      session.target,
      body: body,
      compresses: compresses,
      key: key,
      nonce: nonce
    )
  }

  /// Takes in the answer of the request made last, whole, or cut short as far as it arrived.
  ///
  /// - Parameters:
  ///   - answer: The answer.
  ///   - store: The device's store.
  ///   - now: The device's clock, in milliseconds since 1970.
  /// - Throws: ``SyncFailure``: `refused` if the server refuses the whole request, `noAnswer` if the
  ///   connection breaks again and again, `badAnswer`, `rewound`, `store`. What was taken in before
  ///   stays; a new conversation goes on from there.
  public mutating func receive(
    _ answer: TransportAnswer,
    store: OperationStore,
    now: Int64
  ) throws(SyncFailure) {
    if let nonce = answer.nonce { self.nonce = nonce }
    guard call?.isAnswered(by: answer) == true else { return }
    call = nil
    try answer.checkRefusal()
    if let problem = answer.problem {
      guard try session.receive(problem, store: store) else {
        throw SyncFailure(problem, retryAfterSeconds: answer.retryAfterSeconds)
      }
      return
    }
    try session.receive(answer.body, bytesOnWire: answer.bytesOnWire, store: store, now: now)
    wasAnswered = true
    guard session.wasCut else { return }
    cuts += 1
    guard cuts < Self.mostCuts else {
      throw SyncFailure(.noAnswer, "The connection breaks again and again. Try later.")
    }
  }
}
