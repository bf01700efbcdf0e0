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
}
