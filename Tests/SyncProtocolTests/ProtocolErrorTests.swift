import SyncProtocol
import Testing

@Suite("Refusals")
struct ProtocolErrorTests {
  @Test("The reasons are the words of section 10")
  func words() {
    #expect(
      ProtocolError.Code.allCases.map(\.rawValue).sorted() == [
        "certificate", "chain", "malformed", "signature", "too-large", "version", "visit",
      ]
    )
    #expect(ProtocolError(.tooLarge, "x").description == "too-large: x")
  }
}
