public import Convergence
import Crypto

/// An Ed25519 public key (RFC 8032), 32 bytes, written as 43 characters.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
  /// The 32 bytes.
  public let bytes: [UInt8]

  /// Takes exactly 32 bytes; `nil` for any other length.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Reads 43 characters of canonical `Text64`; `nil` for anything else.
  public init?(text: some StringProtocol) {
    guard text.utf8.count == 43, let bytes = Text64.decode(text) else { return nil }
    self.init(bytes: bytes)
  }

  /// The 43 characters.
  public var text: String { Text64.encode(bytes) }

  /// The 43 characters.
  public var description: String { text }

  /// The replica that holds this key.
  public var replicaID: ReplicaID { ReplicaID(bits: Hash256(.replica, bytes).prefix) }

  /// The ten bytes by which an enrolment code names a server's identity key.
  public var fingerprint: [UInt8] { Array(Hash256(.identity, bytes).bytes.prefix(10)) }

  /// Whether a signature was made over a hash with the key behind this one.
  ///
  /// About 60 µs; it is done off the writer and in parallel.
  public func verifies(_ signature: Signature, of hash: Hash256) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
      return false
    }
    return key.isValidSignature(signature.bytes, for: hash.bytes)
  }
}
