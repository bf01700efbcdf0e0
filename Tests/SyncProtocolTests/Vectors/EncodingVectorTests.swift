import Convergence
import SyncProtocol
import Testing

@Suite("Vectors of encodings, codes and enrolments")
struct EncodingVectorTests {
  @Test(
    "Both sides wrote vectors of every kind",
    arguments: [
      "json", "text64", "codes", "enrolments", "certificates", "batches", "visits", "heads",
      "requests", "frames",
    ]
  )
  func kinds(kind: String) {
    let origins = Vector.all(kind).map { $0["origin"]?.string ?? "unreadable" }
    #expect(Set(origins) == ["python", "swift"])
  }

  @Test("Strict JSON is read and made canonical as the vector says", arguments: Vector.all("json"))
  func json(vector: Vector) throws {
    let read = try? StrictJSON.value(of: vector.bytes("bytes"))
    #expect(try (read != nil) == vector.bool("ok"))
    if let read { #expect(try read.canonical == vector.bytes("canonical")) }
  }

  @Test("Text64 is read as the vector says", arguments: Vector.all("text64"))
  func text64(vector: Vector) throws {
    let text = try vector.string("text")
    let read = Text64.decode(text)
    #expect(try (read != nil) == vector.bool("ok"))
    guard let read else { return }
    #expect(hexadecimal(read) == vector["bytes"]?.string)
    #expect(Text64.encode(read) == text)
  }

  @Test("An enrolment code is read as the vector says", arguments: Vector.all("codes"))
  func codes(vector: Vector) throws {
    let code = EnrolmentCode(text: try vector.string("code"))
    #expect(try (code != nil) == vector.bool("ok"))
    guard let code else { return }
    #expect(hexadecimal(code.secret) == vector["secret"]?.string)
    #expect(hexadecimal(code.fingerprint) == vector["fingerprint"]?.string)
    #expect(code.description == vector["written"]?.string)
    if vector["identity"] != nil {
      #expect(try vector.publicKey("identity").fingerprint == code.fingerprint)
    }
  }

  @Test(
    "The proof of an enrolment is checked as the vector says",
    arguments: Vector.all("enrolments")
  )
  func enrolments(vector: Vector) throws {
    let key = try vector.publicKey("key")
    let body = JSONLine.object([
      ("v", .int(1)), ("secret", .string(try vector.string("secret"))),
      ("key", .string(key.text)), ("device", .string("Tablet")),
      ("sig", .string(try vector.string("sig"))),
    ])
    #expect(try ((try? EnrolRequest(body: body)) != nil) == vector.bool("ok"))
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
