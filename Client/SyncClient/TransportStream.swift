/// The beginning of an answer that goes on.
public struct TransportStream: Sendable {
  /// The HTTP status.
  public let status: Int

  /// The media type of the answer, in lower case and without parameters.
  public let contentType: String

  /// The nonce for the next request, if the answer carried one.
  public let nonce: String?

  /// How long the server asks to wait, in seconds.
  public let retryAfterSeconds: Int?

  /// The pieces as they arrive.
  ///
  /// They end when the connection does, or when nobody reads them fast enough. Letting go of them ends
  /// the connection.
  public let pieces: AsyncStream<[UInt8]>

  /// Describes an answer.
  public init(
    status: Int,
    contentType: String,
    nonce: String? = nil,
    retryAfterSeconds: Int? = nil,
    pieces: AsyncStream<[UInt8]>
  ) {
    self.status = status
    self.contentType = contentType
    self.nonce = nonce
    self.retryAfterSeconds = retryAfterSeconds
    self.pieces = pieces
  }
}
