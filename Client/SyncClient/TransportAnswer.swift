import SyncProtocol

/// What came back.
public struct TransportAnswer: Hashable, Sendable {
  /// The HTTP status.
  public let status: Int

  /// The body, or as much of it as arrived, after inflation.
  public let body: [UInt8]

  /// How many bytes the body was on the way.
  public let bytesOnWire: Int

  /// The nonce for the next request, if the answer carried one.
  public let nonce: String?

  /// How long the server asks to wait, in seconds.
  public let retryAfterSeconds: Int?

  /// Describes an answer.
  ///
  /// - Parameters:
  ///   - status: The HTTP status.
  ///   - body: The body after inflation.
  ///   - bytesOnWire: How many bytes it was on the way; `nil` if as many.
  ///   - nonce: The nonce for the next request.
  ///   - retryAfterSeconds: How long the server asks to wait.
  public init(
    status: Int,
    body: [UInt8],
    bytesOnWire: Int? = nil,
    nonce: String? = nil,
    retryAfterSeconds: Int? = nil
  ) {
    self.status = status
    self.body = body
    self.bytesOnWire = bytesOnWire ?? body.count
    self.nonce = nonce
    self.retryAfterSeconds = retryAfterSeconds
  }

  /// Why the whole request was refused, if it was and the reason reads.
  var problem: Problem? { status >= 400 ? try? Problem(body: body) : nil }

  /// Throws if the whole request was refused and nobody can tell why.
  ///
  /// A connection may break within a refusal, too: that says no more than any other broken answer.
  ///
  /// - Throws: ``SyncFailure`` `noAnswer`.
  func checkRefusal() throws(SyncFailure) {
    guard status >= 400, problem == nil else { return }
    throw SyncFailure(
      .noAnswer,
      "The server refused (\(status)), but its reason did not arrive whole. Try again."
    )
  }
}
