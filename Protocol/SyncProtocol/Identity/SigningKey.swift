import Crypto

/// An Ed25519 private key: a replica's, or a server's identity.
public struct SigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// The public half.
  public let publicKey: PublicKey

  /// Takes a 32-byte seed; `nil` for any other length.
  ///
  /// The seed comes from outside (a key file, the system's randomness at the edge), so that tests
  /// and simulations can name theirs.
  public init?(seed: [UInt8]) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed),
      let publicKey = PublicKey(bytes: Array(key.publicKey.rawRepresentation))
    else { return nil }
    self.key = key
    self.publicKey = publicKey
  }

  /// The 32 bytes to keep in a key file.
  public var seed: [UInt8] { Array(key.rawRepresentation) }

  /// Signs a hash.
  ///
  /// - Throws: ``ProtocolError`` `signature` if the cryptography library fails; no input does that.
  public func sign(_ hash: Hash256) throws(ProtocolError) -> Signature {
    do {
      if let signature = Signature(bytes: Array(try key.signature(for: hash.bytes))) {
        return signature
      }
      throw ProtocolError(.signature, "the cryptography library gave no 64-byte signature")
    } catch let error as ProtocolError {
      throw error
    } catch {
      throw ProtocolError(.signature, "the cryptography library could not sign: \(error)")
    }
  }
}
