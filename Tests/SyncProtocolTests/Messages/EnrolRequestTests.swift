import Convergence
import SyncProtocol
import Testing

@Suite("Enrolments")
struct EnrolRequestTests {
  private func request(device: String = "Tablet") throws -> EnrolRequest {
    let code = try #require(
      EnrolmentCode(
        secret: [UInt8](1...10),
        fingerprint: try Samples.key(0).publicKey.fingerprint
      )
    )
    return try EnrolRequest(code: code, key: Samples.key(1), deviceName: device)
  }

  @Test("A request is read as it was written, and holds the secret but not the fingerprint")
  func roundTrip() throws {
    let request = try request()
    #expect(try EnrolRequest(body: request.body) == request)
    #expect(request.secret == [UInt8](1...10))
  }

  @Test("A request that another key signed, or for another secret, is refused")
  func forged() throws {
    let body = String(decoding: try request().body, as: UTF8.self)
    let other = try Samples.key(2).publicKey.text
    let key = body.replacing(try Samples.key(1).publicKey.text, with: other)
    let secret = body.replacing(Text64.encode(1...10), with: Text64.encode(2...11))
    for changed in [key, secret] {
      #expect(changed != body)
      let error = #expect(throws: ProtocolError.self) {
        try EnrolRequest(body: Array(changed.utf8))
      }
      #expect(error?.code == .signature)
    }
  }

  @Test("A name of no bytes or of more than 200 is refused", arguments: [0, 1, 200, 201])
  func names(count: Int) throws {
    let request = try request(device: String(repeating: "d", count: count))
    let read = try? EnrolRequest(body: request.body)
    #expect((read != nil) == (1...200).contains(count))
  }

  @Test("A body over 4,096 bytes is too large")
  func size() throws {
    let padding = [UInt8](repeating: UInt8(ascii: " "), count: 4_096)
    let error = #expect(throws: ProtocolError.self) {
      try EnrolRequest(body: try request().body + padding)
    }
    #expect(error?.code == .tooLarge)
  }
}
