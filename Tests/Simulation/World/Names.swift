import Convergence
import SyncProtocol

/// Keys and identifiers of a world, from its seed and nothing else.
struct Names {
  let seed: UInt64

  /// Thirty-two bytes for a purpose.
  func bytes(_ purpose: String) -> [UInt8] {
    Hash256.plain(Array("simulation \(seed) \(purpose)".utf8)).bytes
  }

  /// Sixteen bytes for a purpose, whose written form is as good as any other.
  func bits(_ purpose: String) -> Bits128 {
    Hash256.plain(Array("simulation \(seed) \(purpose)".utf8)).prefix
  }

  /// A signing key for a purpose.
  ///
  /// - Throws: ``BrokenWorld`` never, as far as is known: every 32 bytes are an Ed25519 seed.
  func key(_ purpose: String) throws(BrokenWorld) -> SigningKey {
    guard let key = SigningKey(seed: bytes(purpose)) else {
      throw BrokenWorld("32 bytes made no key for \(purpose)")
    }
    return key
  }
}
