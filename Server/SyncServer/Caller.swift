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

  /// Checks the proof of a key: the one place where a request becomes somebody's.
  ///
  /// - Parameters:
  ///   - proof: What the request carries.
  ///   - certificate: The certificate that is held of the replica, if any.
  ///   - method: `GET` or `POST`.
  ///   - target: Path and query.
  ///   - body: The body as sent.
  /// - Throws: ``Problem`` `credential`.
  init(
    _ proof: RequestProof,
    certificate: Certificate?,
    method: String,
    target: String,
    body: [UInt8]
  ) throws(Problem) {
    guard let certificate, certificate.person != .authority,
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
