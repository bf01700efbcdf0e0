import Convergence
import SyncProtocol
import Testing

@Suite("Certificates")
struct CertificateTests {
  @Test("A line is read as it was written")
  func roundTrip() throws {
    let device = try Samples.certificate(1, name: "A \"B\" \u{E9}", device: "Tablet\n2")
    #expect(try Certificate(line: device.line) == device)
    #expect(device.replica == device.key.replicaID)
    #expect(device.person == Samples.person(1))
    #expect(device.deviceName == "Tablet\n2")
    let server = Certificate(
      key: try Samples.key(9).publicKey,
      holder: .authority,
      name: "Server",
      issuer: try Samples.key(0).publicKey,
      clock: -5
    )
    #expect(try Certificate(line: server.line) == server)
    #expect(server.person == .authority)
    #expect(server.deviceName == "")
  }

  @Test("Names have 1 to 200 bytes", arguments: [0, 1, 200, 201])
  func names(length: Int) throws {
    let name = String(repeating: "n", count: length)
    let isGood = (1...200).contains(length)
    for certificate in [
      try Samples.certificate(1, name: name), try Samples.certificate(1, device: name),
    ] {
      let read = try? Certificate(line: certificate.line)
      #expect(read == (isGood ? certificate : nil))
    }
  }

  @Test(
    "What does not read is refused as `certificate`",
    arguments: [
      ("\"v\":1", "\"v\":2"), ("\"kind\":\"device\"", "\"kind\":\"user\""),
      ("\"kind\":\"device\"", "\"kind\":\"authority\""), ("\"person\"", "\"persons\""),
      ("\"device\":", "\"devices\":"), ("\"key\"", "\"keys\""), ("\"by\"", "\"buy\""),
      ("\"t\":1795244400000", "\"t\":\"now\""), ("{", "[{"), ("\"v\":1", "\"v\":1,\"v\":1"),
    ]
  )
  func refused(old: String, new: String) throws {
    let line = String(decoding: try Samples.certificate(1).line, as: UTF8.self)
    let changed = line.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != line)
    let error = #expect(throws: ProtocolError.self) { try Certificate(line: Array(changed.utf8)) }
    #expect(error?.code == .certificate)
  }

  @Test("The authority's sixteen zero bytes are no person, and a long line is refused")
  func edges() throws {
    let line = String(decoding: try Samples.certificate(1).line, as: UTF8.self)
    let nobody = line.replacing(Samples.person(1).text, with: PersonID.authority.text)
    #expect(throws: ProtocolError.self) { try Certificate(line: Array(nobody.utf8)) }
    let unknown = line.dropLast() + ",\"x\":\"\(String(repeating: "y", count: 4_096))\"}"
    #expect(throws: ProtocolError.self) { try Certificate(line: Array(unknown.utf8)) }
    let short = line.dropLast() + ",\"x\":\"y\"}"
    #expect(try Certificate(line: Array(short.utf8)) == Samples.certificate(1))
  }
}
