public import Convergence

/// The proof that a request comes from the holder of a replica's key (section 9.1).
///
/// Nothing that the server keeps can make one: it holds the public key and checks.
public struct RequestProof: Hashable, Sendable, CustomStringConvertible {
  /// Who asks.
  public let replica: ReplicaID

  /// The server's nonce.
  public let nonce: String

  /// The signature over the request.
  public let signature: Signature

  /// Describes a proof.
  public init(replica: ReplicaID, nonce: String, signature: Signature) {
    self.replica = replica
    self.nonce = nonce
    self.signature = signature
  }

  /// Signs a request.
  ///
  /// - Throws: ``ProtocolError`` if the cryptography library fails.
  public init(
    method: String,
    target: String,
    body: [UInt8],
    nonce: String,
    key: SigningKey
  ) throws(ProtocolError) {
    let hash = Self.hash(method: method, target: target, body: body, nonce: nonce)
    self.init(
      replica: key.publicKey.replicaID,
      nonce: nonce,
      signature: try key.sign(hash)
    )
  }

  /// Reads the value of an `Authorization` header; `nil` for anything else.
  public init?(header: String) {
    let scheme = "Fieldbook "
    guard header.utf8.count <= 400, header.hasPrefix(scheme) else { return nil }
    let parts = header.dropFirst(scheme.count).split(
      separator: ".",
      omittingEmptySubsequences: false
    )
    guard parts.count == 3, let replica = ReplicaID(text: parts[0]), !parts[1].isEmpty,
      let signature = Signature(text: parts[2])
    else { return nil }
    self.init(replica: replica, nonce: String(parts[1]), signature: signature)
  }

  /// The value of an `Authorization` header.
  public var description: String { "Fieldbook \(replica).\(nonce).\(signature)" }

  /// Whether the proof is for this request under this key.
  public func holds(method: String, target: String, body: [UInt8], key: PublicKey) -> Bool {
    key.replicaID == replica
      && key.verifies(
        signature,
        of: Self.hash(method: method, target: target, body: body, nonce: nonce)
      )
  }

  private static func hash(
    method: String,
    target: String,
    body: [UInt8],
    nonce: String
  ) -> Hash256 {
    Hash256(
      .request,
      Array("\(method) \(target)\n\(nonce)\n".utf8),
      Hash256.plain(body).bytes
    )
  }
}
