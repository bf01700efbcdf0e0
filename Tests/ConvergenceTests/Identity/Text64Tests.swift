import Convergence
import TestSupport
import Testing

@Suite("Text64")
struct Text64Tests {
  private let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
  )

  @Test(
    "The examples of RFC 4648 section 10, unpadded, are written and read",
    arguments: [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
      ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ]
  )
  func examples(plain: String, text: String) {
    #expect(Text64.encode(plain.utf8) == text)
    #expect(Text64.decode(text) == Array(plain.utf8))
  }

  @Test("The two signs that differ from plain base64 are - and _")
  func urlAlphabet() {
    #expect(Text64.encode([0xFB, 0xEF, 0xFF]) == "--__")
    #expect(Text64.decode("++//") == nil)
  }

  @Test("Bytes of every length from 0 to 64 come back from the text of the length due")
  func everyLength() throws {
    try withEvery("length", in: 0...64) { length in
      var random = SeededGenerator(seed: UInt64(length))
      let samples = [
        [UInt8](repeating: 0, count: length),
        [UInt8](repeating: 0xFF, count: length),
        (0..<length).map { _ in UInt8(random.below(256)) },
      ]
      try withEvery("bytes", in: samples) { bytes in
        let text = Text64.encode(bytes)
        try demandEqual(text.utf8.count, (length * 8 + 5) / 6, "the text has another length")
        try demandEqual(Text64.decode(text), bytes, "the bytes differ")
        try demandEqual(Text64.decode(utf8: Array(text.utf8)), bytes, "the bytes differ")
      }
    }
  }

  @Test("A text of every length from 0 to 90 is refused exactly if one character is left over")
  func leftOverCharacter() throws {
    try withEvery("length", in: 0...90) { length in
      let text = String(repeating: "A", count: length)
      let bytes = length % 4 == 1 ? nil : [UInt8](repeating: 0, count: length * 6 / 8)
      try demandEqual(Text64.decode(text), bytes, "a text of \(length) characters")
    }
  }

  @Test("Every last character with unused bits that are not zero is refused, at every length")
  func nonCanonicalForms() throws {
    try withEvery("length", in: 1...64) { length in
      let text = Array(Text64.encode([UInt8](repeating: 0xA5, count: length)).utf8)
      var distinct: Set<[UInt8]> = []
      try withEvery("last", in: alphabet) { last in
        guard let bytes = Text64.decode(utf8: text.dropLast() + [last]) else { return }
        try demandEqual(Array(Text64.encode(bytes).utf8), text.dropLast() + [last], "two texts")
        distinct.insert(bytes)
      }
      // One byte left over leaves 4 unused bits, two leave 2, none leaves 0.
      try demandEqual(distinct.count, [64, 4, 16][length % 3], "as many last characters are taken")
    }
  }

  @Test("Every byte outside the alphabet is refused at every place")
  func strangeBytes() throws {
    let text = Array(Text64.encode([UInt8](repeating: 0x5A, count: 16)).utf8)
    try withEvery("place", in: text.indices) { place in
      try withEvery("byte", in: UInt8.min...UInt8.max) { byte in
        guard !alphabet.contains(byte) else { return }
        var damaged = text
        damaged[place] = byte
        try demand(Text64.decode(utf8: damaged) == nil, "it is taken")
      }
    }
  }

  @Test(
    "Padding, white space and look-alikes are refused",
    arguments: ["Zg==", "Zm8=", "Zg ", " Zg", "Zm\n8", "Z\u{301}g", "\u{212A}g", "\u{FF21}A"]
  )
  func lookAlikes(text: String) {
    #expect(Text64.decode(text) == nil)
  }
}
