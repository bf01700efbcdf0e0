public import Convergence
public import SyncProtocol

/// Who makes a request, proved by the key of a certified replica.
public struct Caller: Hashable, Sendable {
  /// The replica's certificate.
  public let certificate: Certificate

  /// The certificates on which the caller's rests, where the request brought them and the server held
  /// none of the replica (section 9.1).
  public let brought: [SealedCertificate]

  /// The replica.
  public var replica: ReplicaID { certificate.replica }

  /// The person.
  public var person: PersonID { certificate.person }

  /// Names a caller whose proof was checked.
  ///
  /// - Parameters:
  ///   - certificate: The replica's certificate.
  ///   - brought: The chain that came with the request, where the server held no certificate.
  public init(certificate: Certificate, brought: [SealedCertificate] = []) {
    self.certificate = certificate
    self.brought = brought
  }

  /// Checks the nonce and the proof of a request: the one place where a request becomes somebody's.
  ///
  /// - Parameters:
  ///   - proof: What the request carries, if it carries one.
  ///   - method: `GET` or `POST`.
  ///   - target: Path and query.
  ///   - body: The body as sent.
  ///   - isCompressed: Whether it is compressed.
  ///   - nonces: The nonces of this run.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - identity: The server's identity key, where chains begin.
  ///   - held: The certificate that is held of a replica, if any.
  /// - Throws: ``Problem``: `nonce`, `credential`, and what `held` throws.
  init(
    _ proof: RequestProof?,
    method: String,
    target: String,
    body: [UInt8],
    isCompressed: Bool,
    nonces: Nonces,
    now: Int64,
    identity: PublicKey,
    held: (ReplicaID) throws(Problem) -> Certificate?
  ) throws(Problem) {
    guard let proof, nonces.isGood(proof.nonce, at: now) else {
      throw Problem(.nonce, "Repeat the request with the nonce of this answer.")
    }
    let known = try held(proof.replica)
    let introduction =
      known == nil
      ? Introduction(of: proof.replica, to: target, in: body, isCompressed: isCompressed) : nil
    guard let certificate = known ?? introduction?.certificate, certificate.person != .authority,
      proof.holds(method: method, target: target, body: body, key: certificate.key),
      try introduction?.isValid(identity: identity, held: held) ?? true
    else {
      throw Problem(
        .credential,
        "This device is not enrolled here, or its key is another. Enrol it again with a new code."
      )
    }
    self.init(certificate: certificate, brought: introduction?.chain ?? [])
  }
}
