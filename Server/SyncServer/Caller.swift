public import Convergence
public import SyncProtocol

/// Who makes a request, proved by the key of a certified replica.
public struct Caller: Hashable, Sendable {
  /// The replica's certificate.
  public let certificate: Certificate

  /// The replica.
  public var replica: ReplicaID { certificate.replica }

  /// The person.
  public var person: PersonID { certificate.person }

  /// Names a caller whose proof was checked.
  public init(certificate: Certificate) { self.certificate = certificate }

  /// Checks the nonce and the proof of a request: the one place where a request becomes somebody's.
  ///
  /// - Parameters:
  ///   - proof: What the request carries, if it carries one.
  ///   - method: `GET` or `POST`.
  ///   - target: Path and query.
  ///   - body: The body as sent.
  ///   - nonces: The nonces of this run.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - held: The certificate that is held of a replica, if any.
  /// - Throws: ``Problem``: `nonce`, `credential`, and what `held` throws.
  init(
    _ proof: RequestProof?,
    method: String,
    target: String,
    body: [UInt8],
    nonces: Nonces,
    now: Int64,
    held: (ReplicaID) throws(Problem) -> Certificate?
  ) throws(Problem) {
    guard let proof, nonces.isGood(proof.nonce, at: now) else {
      throw Problem(.nonce, "Repeat the request with the nonce of this answer.")
    }
    guard let certificate = try held(proof.replica), certificate.person != .authority,
      proof.holds(method: method, target: target, body: body, key: certificate.key)
    else {
      throw Problem(
        .credential,
        "This device is not enrolled here, or its key is another. Enrol it again with a new code."
      )
    }
    self.init(certificate: certificate)
  }
}
