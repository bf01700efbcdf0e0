import Convergence
import SyncProtocol
import Testing

@Suite("Chains of certificates")
struct SealedCertificateTests {
  private func verify(
    _ certificate: Certificate,
    signedBy signer: Int,
    held: [Certificate] = []
  ) throws -> Certificate {
    try certificate.sealed(by: Samples.key(signer)).certificate(
      identity: Samples.key(0).publicKey
    ) { key in held.first { $0.key == key } }
  }

  @Test("The server's identity vouches for anybody")
  func identity() throws {
    let certificate = try Samples.certificate(1)
    #expect(try verify(certificate, signedBy: 0) == certificate)
  }

  @Test("A replica vouches for its successor: same person, certificate held")
  func successor() throws {
    let first = try Samples.certificate(1)
    let next = try Samples.certificate(2, by: 1)
    #expect(try verify(next, signedBy: 1, held: [first]) == next)
    #expect(throws: ProtocolError.self) { try verify(next, signedBy: 1) }
    let other = try Samples.certificate(2, person: 2, by: 1)
    #expect(throws: ProtocolError.self) { try verify(other, signedBy: 1, held: [first]) }
    // Whoever looks issuers up may not be trusted to give the one that was asked for.
    #expect(throws: ProtocolError.self) {
      try next.sealed(by: Samples.key(1)).certificate(identity: Samples.key(0).publicKey) { _ in
        try? Samples.certificate(3)
      }
    }
  }

  @Test("Nobody but the identity vouches for an authority, and an authority for nobody")
  func authority() throws {
    let server = Certificate(
      key: try Samples.key(9).publicKey,
      holder: .authority,
      name: "Server",
      issuer: try Samples.key(0).publicKey,
      clock: 0
    )
    let second = Certificate(
      key: try Samples.key(8).publicKey,
      holder: .authority,
      name: "Server",
      issuer: server.key,
      clock: 0
    )
    #expect(throws: ProtocolError.self) { try verify(second, signedBy: 9, held: [server]) }
    #expect(throws: ProtocolError.self) {
      try verify(Samples.certificate(2, by: 9), signedBy: 9, held: [server])
    }
  }

  @Test("A signature of another key, over other bytes or under another label is refused")
  func signatures() throws {
    let certificate = try Samples.certificate(1)
    #expect(throws: ProtocolError.self) { try verify(certificate, signedBy: 1) }
    let good = try certificate.sealed(by: Samples.key(0))
    let later = good.line.dropLast() + Array(",\"x\":1}".utf8)
    let label = try Samples.key(0).sign(Hash256(.batch, good.line))
    for bad in [
      SealedCertificate(line: Array(later), signature: good.signature),
      SealedCertificate(line: good.line, signature: label),
    ] {
      let error = #expect(throws: ProtocolError.self) {
        try bad.certificate(identity: Samples.key(0).publicKey) { _ in nil }
      }
      #expect(error?.code == .certificate)
    }
  }
}
