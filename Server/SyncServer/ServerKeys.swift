import Convergence
public import SyncProtocol

/// The keys of a server: one that is kept, and one a history that follows from it.
public struct ServerKeys: Sendable {
  /// The root of trust: it signs certificates and nothing else, and is kept apart from the store.
  public let identity: SigningKey

  private let made = MadeKey()

  /// Takes the identity key.
  public init(identity: SigningKey) { self.identity = identity }

  /// The key of the server's own replica in a history: it writes the authority streams and signs
  /// heads.
  ///
  /// It follows from the identity key and the epoch, so it is written down nowhere: whoever puts a
  /// store back needs the identity key to go on, and a new history always has a new replica, which
  /// can never number its operations as the old one did.
  ///
  /// - Throws: ``Problem`` `unavailable` if the cryptography library refuses; no input does that.
  public func authority(of epoch: Epoch) throws(Problem) -> SigningKey {
    if let key = made.key(of: epoch) { return key }
    let seed = Hash256.plain(
      Array("fieldbookd authority 1\n".utf8) + identity.seed + epoch.bits.bytes
    )
    guard let key = SigningKey(seed: seed.bytes) else {
      throw Problem(.unavailable, "The cryptography library refused the authority's key.")
    }
    made.keep(key, of: epoch)
    return key
  }
}
