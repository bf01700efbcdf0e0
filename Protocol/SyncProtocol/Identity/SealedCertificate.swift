/// A certificate line with its issuer's signature, as it travels and is kept.
public struct SealedCertificate: Hashable, Sendable {
  /// The bytes, never changed.
  public let line: [UInt8]

  /// The issuer's signature.
  public let signature: Signature

  /// Joins a line and its signature.
  public init(line: [UInt8], signature: Signature) {
    self.line = line
    self.signature = signature
  }

  /// Reads the certificate and checks it against the root of trust (section 2.4).
  ///
  /// - Parameters:
  ///   - identity: The server's identity key.
  ///   - issuer: A valid certificate of the issuing key, if the issuer is a replica.
  /// - Returns: What it says.
  /// - Throws: ``ProtocolError`` `certificate` if it does not read, is not signed by its issuer, or
  ///   the issuer may not vouch for it.
  public func certificate(
    identity: PublicKey,
    issuer: (PublicKey) -> Certificate?
  ) throws(ProtocolError) -> Certificate {
    let certificate = try Certificate(line: line)
    guard certificate.issuer.verifies(signature, of: Hash256(.certificate, line)) else {
      throw ProtocolError(.certificate, "the certificate is not signed by the issuer it names")
    }
    if certificate.issuer == identity { return certificate }
    guard case .device(let person, _) = certificate.holder,
      let earlier = issuer(certificate.issuer), earlier.key == certificate.issuer,
      case .device(let earlierPerson, _) = earlier.holder, earlierPerson == person
    else {
      throw ProtocolError(
        .certificate,
        "the issuer is neither the server nor an earlier replica of the same person"
      )
    }
    return certificate
  }
}
