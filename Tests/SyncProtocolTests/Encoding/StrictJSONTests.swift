import Convergence
import SyncProtocol
import TestSupport
import Testing

@Suite("Strict JSON")
struct StrictJSONTests {
  private func read(_ text: String) throws -> Value { try StrictJSON.value(of: Array(text.utf8)) }

  @Test("Every kind of value is read")
  func values() throws {
    #expect(
      try read(" \t{\"b\":[true,false,-5,\"x\"],\"a\":{}} ")
        == .object([
          "a": .object([:]), "b": .list([.bool(true), .bool(false), .int(-5), .string("x")]),
        ])
    )
    #expect(try read("9007199254740991") == .int(9_007_199_254_740_991))
    #expect(try read("-9007199254740991") == .int(-9_007_199_254_740_991))
    #expect(
      try read(#""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00""#)
        == .string("\"\\/\u{8}\u{C}\n\r\t\u{E9}\u{1F600}")
    )
  }

  @Test(
    "What other readers would take in two ways is refused",
    arguments: [
      "", " ", "null", "{\"a\":null}", "nul", "tru", "True", "+1", "01", "-0", "-", "1.0", "1e3",
      "1E3", ".5", "9007199254740992", "-9007199254740992", "99999999999999999999", "[1,]",
      "{\"a\":1,}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"\":1}", "{\" \":1}",
      "{\"\u{E9}\":1}", "{a:1}", "{\"a\" 1}", "{\"a\":1", "[1", "[1 2]", "\"a", "\"\\", "\"\\x\"",
      "\"\\u12\"", "\"\\u12g4\"", "\"\\uD800\"", "\"\\uDC00\"", "\"\\uD800\\u0041\"", "\"\\u0000\"",
      "\"\u{1}\"", "\"\n\"", "1 2", "[]]", "\n1", "1\n", "\r[]", "\u{FEFF}1", "//", "'a'",
      "[[[[[[[[[]]]]]]]]]", "{\"a\":[[[[[[[[]]]]]]]]}",
    ]
  )
  func refused(text: String) {
    #expect(throws: ProtocolError.self) { try read(text) }
  }

  @Test("Eight containers nest, a ninth is refused, and a flood of brackets does not trap")
  func nesting() throws {
    _ = try read("[[[[[[[[]]]]]]]]")
    let flood = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: ProtocolError.self) { try StrictJSON.value(of: flood) }
  }

  @Test(
    "Bytes that are no UTF-8 are refused, in plain strings and behind an escape",
    arguments: [
      [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xFF], [0x80], [0xC3], [0xF0, 0x9F, 0x98],
    ] as [[UInt8]]
  )
  func utf8(bytes: [UInt8]) {
    let quote = [UInt8(ascii: "\"")]
    #expect(throws: ProtocolError.self) { try StrictJSON.value(of: quote + bytes + quote) }
    #expect(throws: ProtocolError.self) {
      try StrictJSON.value(of: quote + Array("\\n".utf8) + bytes + quote)
    }
  }

  @Test("A refusal names the byte")
  func place() {
    let error = #expect(throws: ProtocolError.self) { try read("{\"a\":nil}") }
    #expect(error?.code == .malformed)
    #expect(error?.message.hasSuffix("(byte 5)") == true)
  }

  @Test("A key has 1 to 64 characters")
  func keys() throws {
    let longest = String(repeating: "k", count: 64)
    #expect(try read("{\"\(longest)\":1}")[longest] == .int(1))
    #expect(throws: ProtocolError.self) { try read("{\"\(longest)k\":1}") }
  }

  @Test("Any value comes back from its canonical form")
  func canonical() throws {
    try forEachSeed { random in
      let value = random.value()
      let read = try StrictJSON.value(of: value.canonical)
      try demandEqual(read.canonical, value.canonical, "canonical bytes are read as written")
    }
  }

  @Test("Damaged lines never trap, and whatever is accepted has one canonical form")
  func fuzz() throws {
    let line = try Samples.batchLine(["who": "[\"\\u00e9\"]", "x": "[[1,-2],{\"a\":\"\\n\"}]"])
    try forEachSeed { random in
      var bytes = random.chance(1, in: 2) ? line : random.value().canonical
      for _ in 0...random.below(4) {
        let noise = UInt8(truncatingIfNeeded: random.below(256))
        let signs = Array("{}[]\":,\\u0-1.e \t\u{E9}".utf8)
        let byte = random.chance(1, in: 2) ? random.pick(signs) : noise
        let index = random.below(bytes.count + 1)
        switch random.below(4) {
        case 0 where index < bytes.count: bytes[index] = byte
        case 1 where index < bytes.count: bytes.remove(at: index)
        case 2: bytes.removeSubrange(index...)
        default: bytes.insert(byte, at: index)
        }
      }
      guard let value = try? StrictJSON.value(of: bytes) else { return }
      let again = try StrictJSON.value(of: value.canonical)
      try demandEqual(again.canonical, value.canonical, "canonical form of \(bytes)")
    }
  }
}
