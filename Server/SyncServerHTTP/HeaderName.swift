import Hummingbird

/// The header fields that Hummingbird has no name for.
enum HeaderName {
  typealias Name = HTTPFields.Element.Name

  /// Says that an answer is ours, and in which version.
  static let fieldbook = Name("Fieldbook")

  /// The nonce for the next request.
  static let nonce = Name("Fieldbook-Nonce")

  /// How many seconds to wait.
  static let retryAfter = Name("Retry-After")

  /// Tells nginx not to collect an answer before it passes it on.
  static let accelBuffering = Name("X-Accel-Buffering")

  /// Says for whom a proxy asks (RFC 7239).
  static let forwarded = Name("Forwarded")

  /// The same, as most proxies say it.
  static let forwardedFor = Name("X-Forwarded-For")

  /// Says through which proxies a request came.
  static let via = Name("Via")
}
