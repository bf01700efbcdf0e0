public import SyncProtocol

/// The two keys of a server.
public struct ServerKeys: Sendable {
  /// The root of trust: it signs certificates and nothing else, and is kept apart from the store.
  public let identity: SigningKey

  /// The key of the server's own replica, which writes the authority streams and signs heads.
  public let authority: SigningKey

  /// Joins two keys.
  public init(identity: SigningKey, authority: SigningKey) {
    self.identity = identity
    self.authority = authority
  }
}
