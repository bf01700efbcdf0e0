/// One request on its way to a server.
public struct TransportRequest: Hashable, Sendable {
  /// `GET` or `POST`.
  public let method: String

  /// Path and query, such as `/v1/sync`; it is part of what the proof signs.
  public let target: String

  /// The body as sent; empty for `GET`.
  public let body: [UInt8]

  /// Whether the body is compressed: `Content-Encoding: gzip`.
  public let isCompressed: Bool

  /// The media type of the body.
  public let contentType: String

  /// The value of the `Authorization` header, if the call needs one.
  public let authorization: String?

  /// Describes a request.
  public init(
    method: String,
    target: String,
    body: [UInt8] = [],
    isCompressed: Bool = false,
    contentType: String = "application/x-ndjson",
    authorization: String? = nil
  ) {
    self.method = method
    self.target = target
    self.body = body
    self.isCompressed = isCompressed
    self.contentType = contentType
    self.authorization = authorization
  }
}
