import Convergence
import SyncProtocol

/// The keys and names of the stores that the tests of the disk open.
enum DiskNames {
  static let visit = VisitID(bits: bits("visit"))

  /// Everything has effect: what is tested is whether it is kept.
  static let meaning = Meaning(version: 1) { _, _ in .effective }

  /// The key of a number; 0 is the server's identity.
  static func key(_ number: Int) -> SigningKey {
    let seed = Hash256.plain(Array("simulated disk key \(number)".utf8)).bytes
    guard let key = SigningKey(seed: seed) else { preconditionFailure("32 bytes are a seed") }
    return key
  }

  static func certificate(_ number: Int) -> SealedCertificate {
    let certificate = Certificate(
      key: key(number).publicKey,
      holder: .device(person: PersonID(bits: bits("person \(number)")), deviceName: "Tablet"),
      name: "Person \(number)",
      issuer: key(0).publicKey,
      clock: 0
    )
    guard let sealed = try? certificate.sealed(by: key(0)) else {
      preconditionFailure("any hash can be signed")
    }
    return sealed
  }

  private static func bits(_ what: String) -> Bits128 {
    Hash256.plain(Array("simulated disk \(what)".utf8)).prefix
  }
}
