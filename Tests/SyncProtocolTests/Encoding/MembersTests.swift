import Convergence
import SyncProtocol
import Testing

@Suite("Members of an object")
struct MembersTests {
  private static func members() throws -> Members {
    try Members(
      .object([
        "flag": .bool(true), "list": .list([.int(1)]), "name": .string("xyz"), "number": .int(7),
        "visit": .string(Samples.visit.text),
      ]),
      of: "thing"
    )
  }

  @Test("Members of the right type are read")
  func read() throws {
    let members = try Self.members()
    #expect(try members.bool("flag"))
    #expect(try members.list("list") == [.int(1)])
    #expect(try members.string("name", atMost: 3) == "xyz")
    #expect(try members.int("number", in: 7...7) == 7)
    #expect(try members.identifier("visit", as: VisitID.self) == Samples.visit)
    #expect(members.has("flag"))
    #expect(!members.has("flags"))
  }

  @Test("What is missing, mistyped, too long or out of range is named")
  func refusals() throws {
    let members = try Self.members()
    func message<Result>(_ body: () throws -> Result) -> String {
      let error = #expect(throws: ProtocolError.self) { _ = try body() }
      #expect(error?.code == .malformed)
      return error?.message ?? ""
    }
    #expect(message { try members.value("nothing") } == "thing: `nothing` is missing")
    #expect(message { try members.bool("name") } == "thing: `name` should be true or false")
    #expect(message { try members.int("name") } == "thing: `name` should be a whole number")
    #expect(message { try members.list("name") } == "thing: `name` should be an array")
    #expect(message { try members.string("flag") } == "thing: `flag` should be a text")
    #expect(message { try members.int("number", in: 8...9) } == "thing: `number` is out of range")
    #expect(message { try members.string("name", atMost: 2) }.contains("longer than 2 bytes"))
    #expect(message { try members.identifier("name", as: VisitID.self) }.contains("22 characters"))
    #expect(message { try members.hash("visit") }.contains("43 characters"))
    #expect(message { try members.publicKey("visit") }.contains("43 characters"))
    #expect(message { try members.signature("visit") }.contains("86 characters"))
    #expect(message { try Members(.list([]), of: "thing") } == "thing: an object is expected")
  }
}
