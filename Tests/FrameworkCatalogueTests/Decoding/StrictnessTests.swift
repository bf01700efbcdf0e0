import FrameworkCatalogue
import Testing

@Suite struct StrictnessTests {
  @Test(
    "What is not strict JSON is refused with its line",
    arguments: [
      "", " ", "{", "{}x", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "[1.5]", "[1e3]", "[01]",
      "[-0]", "[--1]", "[-]", "[9007199254740992]", "[99999999999999999999]", "[null]", "[nul]",
      "[tru]", "{\"a\":1,\"a\":2}", "{\"\u{E9}\":1}", "[\"a]", "[\"\n\"]", "[\"\\x\"]",
      "[\"\\u12\"]", "[\"\\ud800\"]", "[\"\\ud800\\u0041\"]", "[\"\\udc00\"]", "[\"\\",
      "[[[[[[[[[1]]]]]]]]]", "\u{FEFF}{}",
    ]
  )
  func refused(text: String) {
    let faults = FrameworkDecoder(file: "x.json").faults(in: Array(text.utf8))
    #expect(faults.map(\.code) == [.notStrictJSON], "\(faults)")
    #expect(faults.first?.message.hasPrefix("Line ") == true)
  }

  @Test(
    "What is strict JSON and no framework is refused for what it lacks",
    arguments: [
      ("{}", CatalogueError.Code.fieldMissing), ("[]", .wrongType), ("7", .wrongType),
      ("\"\\u00e9\\ud83d\\ude00\\n\\\"\"", .wrongType), (" {\"format\":true} ", .wrongType),
      ("{\"format\":9007199254740991}", .unknownValue), ("{\"format\":-1}", .unknownValue),
    ]
  )
  func lacking(text: String, code: CatalogueError.Code) {
    #expect(FrameworkDecoder(file: "x.json").faults(in: Array(text.utf8)).map(\.code) == [code])
  }

  @Test("Bytes that are not UTF-8 are refused")
  func notUTF8() {
    let bytes = Array("{\"a\":\"".utf8) + [0xC3, 0x28] + Array("\"}".utf8)
    #expect(FrameworkDecoder(file: "x").faults(in: bytes).map(\.code) == [.notStrictJSON])
  }

  @Test("An object with very many names and a file beyond the limit are refused early")
  func tooLarge() {
    let names = (0..<1000).map { "\"a\($0)\":1" }.joined(separator: ",")
    let many = FrameworkDecoder(file: "x").faults(in: Array("{\(names)}".utf8))
    #expect(many.map(\.code) == [.notStrictJSON])
    let large = [UInt8](repeating: UInt8(ascii: " "), count: (8 << 20) + 1)
    #expect(FrameworkDecoder(file: "x").faults(in: large).map(\.code) == [.fileTooLarge])
  }

  @Test(
    "Cutting the data off at any of 100 places, or flipping a byte there, never stops the process"
  )
  func damaged() throws {
    let sound = Array(try Catalogues.imagingText().utf8)
    let decoder = FrameworkDecoder(file: "x")
    for step in 0..<100 {
      let position = step * sound.count / 100
      #expect(!decoder.faults(in: Array(sound[..<position])).isEmpty)
      var flipped = sound
      flipped[position] ^= 0x41
      // A flip inside a title may leave sound data; what matters is that there is an answer.
      _ = decoder.faults(in: flipped)
    }
  }
}
