public import Convergence
import Crypto

/// What a server says of a token that it accepted, so that it can believe itself later (section 9.3).
///
/// A store that was put back knows an older token than an honest device brings, just as it would if
/// the device had been copied. The receipt tells the two apart: only the server can have made it, and
/// it counts further than the store does.
public struct TokenReceipt: Hashable, Sendable {
  /// How many tokens of the replica the server had accepted, this one included.
  public let count: Int64

  private let code: [UInt8]

  /// Makes the receipt of a token.
  ///
  /// - Parameters:
  ///   - token: The token that was accepted.
  ///   - replica: Whose it is.
  ///   - count: How many were accepted, this one included.
  ///   - identity: The server's identity key, which outlives its histories: a store may be put back to
  ///     one before the present.
  public init(of token: Bits128, _ replica: ReplicaID, count: Int64, under identity: SigningKey) {
    self.count = count
    code = Self.code(token, replica, count, identity)
  }

  /// Reads a receipt that a client brings with its token; `nil` if this server did not make it for
  /// that token and that replica.
  public init?(
    text: String,
    of token: Bits128,
    _ replica: ReplicaID,
    under identity: SigningKey
  ) {
    guard let bytes = Text64.decode(text), bytes.count == 24 else { return nil }
    let count = Int64(bitPattern: bytes.prefix(8).reduce(0) { ($0 << 8) | UInt64($1) })
    self.init(of: token, replica, count: count, under: identity)
    guard bytes.suffix(16).elementsEqual(code) else { return nil }
  }

  /// 32 characters of `Text64`, opaque to everybody but the server.
  public var text: String { Text64.encode(Self.bytes(count) + code) }

  private static func bytes(_ count: Int64) -> [UInt8] {
    Array(Bits128(high: UInt64(bitPattern: count), low: 0).bytes.prefix(8))
  }

  private static func code(
    _ token: Bits128,
    _ replica: ReplicaID,
    _ count: Int64,
    _ identity: SigningKey
  ) -> [UInt8] {
    let label = Array("fieldbookd receipt 1\n".utf8)
    let said = label + replica.bits.bytes + token.bytes + bytes(count)
    let key = SymmetricKey(data: identity.seed)
    return Array(HMAC<SHA256>.authenticationCode(for: said, using: key).prefix(16))
  }
}
