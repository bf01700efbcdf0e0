import Convergence
import SyncProtocol

/// The keys and names that vectors and histories use; the keys are those of `Protocol/Vectors`.
enum Names {
  static let clock: Int64 = 1_795_244_400_000
  static let visit = VisitID(bits: bits("visit 1"))
  static let authority = 9

  /// The key of a number; 0 is the server's identity.
  static func key(_ number: Int) -> SigningKey {
    let seed = Hash256.plain(Array("fieldbook vector key \(number)".utf8)).bytes
    guard let key = SigningKey(seed: seed) else { preconditionFailure("32 bytes are a seed") }
    return key
  }

  static let identity = key(0)

  static func replica(_ number: Int) -> ReplicaID { key(number).publicKey.replicaID }

  static func person(_ number: Int) -> PersonID { PersonID(bits: bits("person \(number)")) }

  private static func bits(_ what: String) -> Bits128 {
    Hash256.plain(Array("fieldbook vector \(what)".utf8)).prefix
  }

  /// The certificate of key `number`: a person's, or with none the authority's.
  static func certificate(
    _ number: Int,
    of person: Int?,
    by issuer: Int = 0
  ) -> SealedCertificate {
    let certificate = Certificate(
      key: key(number).publicKey,
      holder: person.map { .device(person: Self.person($0), deviceName: "Tablet \(number)") }
        ?? .authority,
      name: person.map { "Person \($0)" } ?? "Server",
      issuer: key(issuer).publicKey,
      clock: clock
    )
    guard let sealed = try? certificate.sealed(by: key(issuer)) else {
      preconditionFailure("any hash can be signed")
    }
    return sealed
  }
}
