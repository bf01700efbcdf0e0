/// What came back.
public struct TransportAnswer: Hashable, Sendable {
  /// The HTTP status.
  public let status: Int

  /// The body, or as much of it as arrived.
  public let body: [UInt8]

  /// The nonce for the next request, if the answer carried one.
  public let nonce: String?

  /// How long the server asks to wait, in seconds.
  public let retryAfterSeconds: Int?

  /// Describes an answer.
  public init(status: Int, body: [UInt8], nonce: String? = nil, retryAfterSeconds: Int? = nil) {
    self.status = status
    self.body = body
    self.nonce = nonce
    self.retryAfterSeconds = retryAfterSeconds
  }
}
