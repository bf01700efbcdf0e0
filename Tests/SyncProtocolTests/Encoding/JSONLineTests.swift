import Convergence
import SyncProtocol
import Testing

@Suite("Lines of JSON")
struct JSONLineTests {
  @Test("Members stand in the order given, without white space")
  func order() {
    let line = JSONLine.object([("z", .int(1)), ("a", .string("\"\n")), ("m", .list([]))])
    #expect(String(decoding: line, as: UTF8.self) == #"{"z":1,"a":"\"\u000a","m":[]}"#)
    #expect(JSONLine.object([]) == Array("{}".utf8))
  }
}
