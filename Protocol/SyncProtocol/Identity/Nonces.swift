import Convergence
import Crypto

/// Makes and checks nonces without remembering any (section 9.1).
///
/// A nonce is the second in which it was made, with a code over it under a secret of this run of
/// the server: nobody else can make one, and it goes stale by itself.
public struct Nonces: Sendable {
  /// How long a nonce is good, in seconds.
  public static let lifetime: Int64 = 3_600

  private let secret: SymmetricKey

  /// Takes the secret of this run: 32 random bytes.
  public init(secret: [UInt8]) { self.secret = SymmetricKey(data: secret) }

  /// A nonce of this moment.
  ///
  /// - Parameter time: The server's clock, in milliseconds since 1970.
  /// - Returns: 32 characters of `Text64`.
  public func make(at time: Int64) -> String {
    let second = Bits128(high: UInt64(bitPattern: time / 1_000), low: 0).bytes.prefix(8)
    return Text64.encode(second + code(over: second))
  }

  /// Whether a nonce is ours and not stale.
  public func isGood(_ nonce: String, at time: Int64) -> Bool {
    guard let bytes = Text64.decode(nonce), bytes.count == 24 else { return false }
    let second = bytes.prefix(8)
    guard bytes.suffix(16).elementsEqual(code(over: second)) else { return false }
    let made = Int64(bitPattern: second.reduce(0) { ($0 << 8) | UInt64($1) })
    let (age, hasOverflowed) = (time / 1_000).subtractingReportingOverflow(made)
    return !hasOverflowed && (0...Self.lifetime).contains(age)
  }

  private func code(over second: some Collection<UInt8>) -> [UInt8] {
    Array(HMAC<SHA256>.authenticationCode(for: Array(second), using: secret).prefix(16))
  }
}
