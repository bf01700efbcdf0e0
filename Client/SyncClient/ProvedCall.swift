import SyncProtocol

/// One call that carries the proof of a key, from the wish for a nonce to the answer that counts.
///
/// It asks for a nonce first if there is none, and repeats itself once if the server wants another.
struct ProvedCall {
  private let method: String
  private let target: String
  private let body: [UInt8]
  private let isCompressed: Bool
  private let key: SigningKey
  private var isAskingForNonce: Bool
  private var isRepeated = false

  /// Prepares a call.
  ///
  /// - Parameters:
  ///   - method: `GET` or `POST`.
  ///   - target: Path and query.
  ///   - body: The body.
  ///   - compresses: Whether it is sent compressed, where that makes it shorter.
  ///   - key: The device's key.
  ///   - nonce: The server's last nonce, if there is one.
  init(
    _ method: String,
    _ target: String,
    body: [UInt8],
    compresses: Bool = false,
    key: SigningKey,
    nonce: String?
  ) {
    self.method = method
    self.target = target
    let small = compresses ? try? Gzip.compress(body) : nil
    isCompressed = small.map { $0.count < body.count } ?? false
    self.body = isCompressed ? small ?? body : body
    self.key = key
    isAskingForNonce = nonce == nil
  }

  /// How many bytes the body is on the way.
  var bytesOnWire: Int { body.count }

  /// Whether a server takes no compressed body of that size.
  var isTooLarge: Bool { isCompressed && body.count > Limits.compressedBodyBytes }

  /// The request to send now.
  ///
  /// - Throws: ``SyncFailure`` `badAnswer` if the proof cannot be made.
  func request(nonce: String?) throws(SyncFailure) -> TransportRequest {
    if isAskingForNonce { return TransportRequest(method: "GET", target: "/v1/nonce") }
    do throws(ProtocolError) {
      let proof = try RequestProof(
        method: method,
        target: target,
        body: body,
        nonce: nonce ?? "",
        key: key
      )
      return TransportRequest(
        method: method,
        target: target,
        body: body,
        isCompressed: isCompressed,
        authorization: proof.description
      )
    } catch {
      throw SyncFailure(.badAnswer, error.message)
    }
  }

  /// Takes in the answer of the request made last; answers whether it is the answer of the call.
  mutating func isAnswered(by answer: TransportAnswer) -> Bool {
    if isAskingForNonce {
      isAskingForNonce = false
      return false
    }
    guard !isRepeated, answer.problem?.code == .nonce else { return true }
    isRepeated = true
    return false
  }
}
