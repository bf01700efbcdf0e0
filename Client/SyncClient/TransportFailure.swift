/// Why no answer came back: whatever was sent counts as not sent.
public struct TransportFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What to act on.
  public enum Code: String, Hashable, Sendable {
    /// Nobody answers there.
    case unreachable

    /// Something answers that is not a Fieldbook server: a captive portal's page, a proxy.
    case notFieldbook = "not-fieldbook"

    /// The connection could not be trusted.
    case untrusted

    /// No answer came in time.
    case timeout

    /// The way to the server does not carry what was asked for.
    case unsupported
  }

  /// What kind of failure it is.
  public let code: Code

  /// What happened and what to do, for a person.
  public let message: String

  /// Describes a failure.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}
