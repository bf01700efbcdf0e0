/// Why bytes from outside were refused.
public struct ProtocolError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of refusal it is; the word that travels in `why`.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// Longer than a named limit.
    case tooLarge = "too-large"

    /// Not the JSON or the members that the protocol asks for.
    case malformed

    /// A format version that is no positive whole number.
    case version

    /// No valid certificate for the replica.
    case certificate

    /// The signature is not the replica's over these bytes.
    case signature

    /// A visit that does not exist here.
    case visit

    /// Numbers that do not follow on from the batch before.
    case chain
  }

  /// What to act on.
  public let code: Code

  /// What is wrong and where, for a person; no text of an assessment.
  public let message: String

  /// Describes a refusal.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}
