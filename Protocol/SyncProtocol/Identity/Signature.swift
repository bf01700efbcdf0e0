import Convergence

/// An Ed25519 signature, 64 bytes, written as 86 characters.
public struct Signature: Hashable, Sendable, CustomStringConvertible {
  /// The 64 bytes.
  public let bytes: [UInt8]

  /// Takes exactly 64 bytes; `nil` for any other length.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 64 else { return nil }
    self.bytes = bytes
  }

  /// Reads 86 characters of canonical `Text64`; `nil` for anything else.
  public init?(text: some StringProtocol) {
    guard text.utf8.count == 86, let bytes = Text64.decode(text) else { return nil }
    self.init(bytes: bytes)
  }

  /// The 86 characters.
  public var text: String { Text64.encode(bytes) }

  /// The 86 characters.
  public var description: String { text }
}
