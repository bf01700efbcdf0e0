import Convergence
import Foundation
import TestSupport
import Testing

@Suite("Values")
struct ValueTests {
  private func canonical(_ value: Value) -> String {
    String(decoding: value.canonical, as: UTF8.self)
  }

  // MARK: Canonical JSON

  @Test(
    "Each kind of value has one canonical text",
    arguments: [
      (Value.bool(true), "true"), (.bool(false), "false"), (.int(0), "0"), (.int(-7), "-7"),
      (.int(9_007_199_254_740_991), "9007199254740991"),
      (.int(-9_007_199_254_740_991), "-9007199254740991"), (.string(""), #""""#),
      (.list([]), "[]"), (.object([:]), "{}"),
      (.list([.int(1), .list([.bool(true)])]), "[1,[true]]"),
      (.object(["b": .int(1), "a": .object(["c": .list([])])]), #"{"a":{"c":[]},"b":1}"#),
    ]
  )
  func examples(value: Value, text: String) {
    #expect(canonical(value) == text)
  }

  @Test("Of all ASCII only the quote, the backslash and the controls are escaped")
  func everyEscape() throws {
    try withEvery("byte", in: UInt8(0)...0x7F) { byte in
      let character = String(decoding: [byte], as: UTF8.self)
      let escaped: String
      switch byte {
      case 0x22: escaped = #"\""#
      case 0x5C: escaped = #"\\"#
      case 0..<0x10: escaped = #"\u000"# + String(byte, radix: 16)
      case 0x10..<0x20: escaped = #"\u00"# + String(byte, radix: 16)
      default: escaped = character
      }
      try demandEqual(canonical(.string("a\(character)b")), "\"a\(escaped)b\"", "the text differs")
    }
  }

  @Test(
    "Everything beyond ASCII stands as its own UTF-8",
    arguments: ["\u{E9}", "e\u{301}", "\u{2028}", "\u{FEFF}", "\u{1F600}", "\u{10FFFF}", "\u{80}"]
  )
  func beyondASCII(text: String) {
    #expect(Value.string(text).canonical == [0x22] + Array(text.utf8) + [0x22])
  }

  @Test("Members stand in the order of their keys as bytes, in whatever order they were given")
  func keyOrder() throws {
    let keys = ["a", "aa", "B", "b", "1", "10", "2", "~", "!", "because", "a-b", "a.b"]
    let expected = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    try forEachSeed { random in
      let shuffled = random.shuffle(keys)
      let map = Value.Map(shuffled.map { Value.Map.Member(key: $0, value: .string($0)) })
      try demandEqual(map?.members.map(\.key), expected, "\(shuffled)")
      let text = expected.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",")
      try demandEqual(map.map { canonical(.map($0)) }, "{\(text)}", "\(shuffled)")
    }
  }

  @Test("A second reader finds in the canonical text what was written")
  func secondReader() throws {
    try forEachSeed { random in
      let value = random.value()
      let data = Data(Value.list([value]).canonical)
      let read = try JSONDecoder().decode([Mirrored].self, from: data)
      try demandEqual(read.map(\.value), [value], "\(value.source)")
      try demandEqual(read.map { canonical($0.value) }, [canonical(value)], "\(value.source)")
    }
  }

  /// Reads JSON with the toolchain's decoder, which shares no code with ours.
  private struct Mirrored: Decodable {
    let value: Value

    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      if let container = try? decoder.container(keyedBy: Key.self) {
        let members = try container.allKeys.map {
          Value.Map.Member(
            key: $0.stringValue,
            value: try container.decode(Mirrored.self, forKey: $0).value
          )
        }
        value = Value.Map(members).map { .map($0) } ?? .list([])
        return
      }
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([Mirrored].self) {
        value = .list(list.map(\.value))
      } else if let bool = try? container.decode(Bool.self) {
        value = .bool(bool)
      } else if let int = try? container.decode(Int64.self) {
        value = .int(int)
      } else {
        value = .string(try container.decode(String.self))
      }
    }
  }

  @Test("Generated values are equal exactly if their canonical texts are")
  func oneForm() throws {
    try forEachSeed { random in
      let values = (0..<8).map { _ in random.value(depth: 2) }
      for left in values {
        for right in values {
          let same = left.canonical == right.canonical
          try demandEqual(left == right, same, "\(left.source) and \(right.source)")
        }
      }
    }
  }

  @Test("Two spellings of one sign are equal values with different canonical texts")
  func spellings() {
    let composed = Value.string("\u{E9}")
    let decomposed = Value.string("e\u{301}")
    #expect(composed == decomposed)
    #expect(composed.canonical != decomposed.canonical)
  }

  @Test("Appending goes on behind what is there")
  func appending() {
    var bytes = Array("x".utf8)
    Value.int(1).appendCanonical(to: &bytes)
    Value.appendCanonical("y", to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == "x1\"y\"")
  }

  // MARK: Maps

  @Test("A map with a key twice cannot be made, wherever the two stand")
  func repeatedKey() throws {
    try withEvery("order", in: Orders.permutations(4)) { order in
      let members = [("a", 1), ("b", 2), ("b", 2), ("c", 3)]
        .map { Value.Map.Member(key: $0.0, value: .int($0.1)) }
      try demand(Value.Map(order.map { members[$0] }) == nil, "it was made")
    }
  }

  @Test("In an object literal the last of two values for a key counts")
  func objects() {
    let object = Value.object(["a": .int(1), "b": .int(2), "a": .int(3)])
    #expect(canonical(object) == #"{"a":3,"b":2}"#)
  }

  @Test("A value gives its content only as what it is")
  func accessors() {
    let values: [Value] = [
      .bool(true), .int(1), .string("x"), .list([.int(2)]), .object(["k": .int(3)]),
    ]
    #expect(values.map(\.bool) == [true, nil, nil, nil, nil])
    #expect(values.map(\.int) == [nil, 1, nil, nil, nil])
    #expect(values.map(\.string) == [nil, nil, "x", nil, nil])
    #expect(values.map(\.list) == [nil, nil, nil, [.int(2)], nil])
    #expect(values.map { $0["k"] } == [nil, nil, nil, nil, .int(3)])
    #expect(values[4]["x"] == nil)
  }

  @Test("Equality counts kind and content")
  func equality() throws {
    let values: [Value] = [
      .bool(true), .bool(false), .int(1), .int(0), .string("1"), .string("true"), .list([]),
      .list([.int(1)]), .object([:]), .object(["a": .int(1)]), .object(["b": .int(1)]),
      .object(["a": .int(2)]),
    ]
    #expect(Set(values).count == values.count)
    let member = Value.Map.Member(key: "a", value: .int(1))
    try checkEveryPropertyCounts(
      member,
      variants: [.init(key: "b", value: .int(1)), .init(key: "a", value: .int(2))]
    )
  }
}
