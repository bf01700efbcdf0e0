import SyncProtocol

/// One call that carries the proof of a key, from the wish for a nonce to the answer that counts.
///
/// It asks for a nonce first if there is none, and repeats itself once if the server wants another.
struct ProvedCall {
  private let method: String
  private let target: String
  private let body: [UInt8]
  private let key: SigningKey
  private var isAskingForNonce: Bool
  private var isRepeated = false

  /// Prepares a call.
  ///
  /// - Parameters:
  ///   - method: `GET` or `POST`.
  ///   - target: Path and query.
  ///   - body: The body as it will be sent.
  ///   - key: The device's key.
  ///   - nonce: The server's last nonce, if there is one.
  init(_ method: String, _ target: String, body: [UInt8], key: SigningKey, nonce: String?) {
    self.method = method
    self.target = target
    self.body = body
    self.key = key
    isAskingForNonce = nonce == nil
  }

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
