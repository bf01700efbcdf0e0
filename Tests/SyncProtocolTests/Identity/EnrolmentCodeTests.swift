import SyncProtocol
import TestSupport
import Testing

@Suite("Enrolment codes")
struct EnrolmentCodeTests {
  @Test("A code is read as it was written, however a person types it")
  func typed() throws {
    try forEachSeed(0..<50) { random in
      let bytes = (0..<20).map { _ in UInt8(truncatingIfNeeded: random.below(256)) }
      let code = try #require(
        EnrolmentCode(secret: Array(bytes.prefix(10)), fingerprint: Array(bytes.suffix(10)))
      )
      let text = code.description
      try demandEqual(text.utf8.count, 39, "32 characters and 7 hyphens")
      for typed in [
        text, text.lowercased(), text.replacing("-", with: " "), text.replacing("-", with: ""),
        text.replacing("0", with: "O").replacing("1", with: "l"), "- \(text) -",
      ] {
        try demandEqual(EnrolmentCode(text: typed), code, typed)
      }
    }
  }

  @Test("Other lengths, other signs and look-alikes beyond ASCII are refused")
  func refused() throws {
    let code = try #require(
      EnrolmentCode(
        secret: [UInt8](repeating: 0, count: 10),
        fingerprint: [UInt8](repeating: 0, count: 10)
      )
    ).description
    #expect(EnrolmentCode(text: code) != nil)
    for text in [
      "", String(code.dropLast()), code + "0", code.replacing("0", with: "U", maxReplacements: 1),
      code.replacing("0", with: "\u{131}", maxReplacements: 1),
      code.replacing("0", with: "\u{17F}", maxReplacements: 1), code.replacing("-", with: "_"),
      code.replacing("-", with: "\t"),
    ] {
      #expect(EnrolmentCode(text: text) == nil, "\(text)")
    }
    #expect(EnrolmentCode(secret: [], fingerprint: []) == nil)
  }
}
