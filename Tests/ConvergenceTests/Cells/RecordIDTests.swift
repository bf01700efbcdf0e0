import Convergence
import TestSupport
import Testing

@Suite("Record names")
struct RecordIDTests {
  @Test(
    "A record that the framework or the visit names is read and written alike",
    arguments: [
      "visit", "service", "standard:qsi/xr-304", "person:AQAAAAAAAAAAAAAAAAAAAA", "a", "a-b:!", "-",
      "note:~#.\"\\",
    ]
  )
  func names(text: String) throws {
    let record = try #require(RecordID(text: text))
    #expect(record == .named(text))
    #expect(record.description == text)
    let parts = text.split(separator: ":", maxSplits: 1)
    #expect(record.type == parts.first)
    #expect(record.id == parts.dropFirst().first)
  }

  @Test("An item is written as # and its dot, and read back")
  func items() throws {
    try forEachSeed { random in
      let record = RecordID.item(random.dot())
      try demandEqual(RecordID(text: record.description), record, "the text reads as another")
      try demand(record.type == nil && record.id == nil, "an item has no type in its name")
    }
    #expect(RecordID.item(.of(0, 3)).description == "#\(Cast.replica(0)).3")
  }

  @Test(
    "What breaks the grammar names nothing",
    arguments: [
      "", ":", ":x", "visit:", "Visit", "visit1", "vi sit", "standard:a:b", "standard:a|b",
      "standard:a b", "standard:\u{E9}", "standard:\u{7F}", "v\u{E9}", "#", "##", "#visit",
      "|", "visit|",
    ]
  )
  func refusals(text: String) {
    #expect(RecordID(text: text) == nil)
  }

  @Test("A sign that joins with the # before it does not hide in an item's name")
  func combiningSign() {
    let dot = Dot.of(0, 3)
    #expect(RecordID(text: "#\u{301}\(dot)") == nil)
    #expect(RecordID(text: "#\u{FE0F}\u{20E3}\(dot)") == nil)
    #expect(RecordID(text: "\u{FE5F}\(dot)") == nil)
  }

  @Test("A type has 1 to 32 characters and an ID 1 to 96")
  func lengths() {
    let type = String(repeating: "t", count: 32)
    let id = String(repeating: "i", count: 96)
    #expect(RecordID(text: "\(type):\(id)") != nil)
    #expect(RecordID(text: "\(type)t:\(id)") == nil)
    #expect(RecordID(text: "\(type)t") == nil)
    #expect(RecordID(text: "\(type):\(id)i") == nil)
    #expect(RecordID.isID(id) && !RecordID.isID(id + "i") && !RecordID.isID(""))
  }

  @Test("Every ASCII character is taken exactly where the grammar has it")
  func everyCharacter() throws {
    try withEvery("byte", in: UInt8(0)...0x7F) { byte in
      let character = String(decoding: [byte], as: UTF8.self)
      let inType = (97...122).contains(byte) || byte == 45
      let inID = (0x21...0x7E).contains(byte) && byte != 58 && byte != 124
      try demandEqual(RecordID(text: "a\(character)a") != nil, inType || byte == 58, "in the type")
      try demandEqual(RecordID(text: "a:\(character)") != nil, inID, "in the ID")
      try demandEqual(RecordID.isID(character), inID, "as an ID")
    }
  }
}
