import Convergence
import TestSupport
import Testing

@Suite("Cell keys")
struct CellKeyTests {
  @Test("A key is record, field, slot and location between bars, empty where absent")
  func text() {
    let item = Dot.of(0, 3)
    let place = Dot.of(1, 4, branch: 2)
    #expect(CellKey(.named("visit"), "title").text == "visit|title||")
    #expect(
      CellKey(.named("standard:q/1"), "judgement", slot: "x", location: place).text
        == "standard:q/1|judgement|x|#\(place)"
    )
    #expect(CellKey(.item(item), CellKey.existence).text == "#\(item)|+||")
    #expect(CellKey(.named("visit"), "title").description == "visit|title||")
  }

  @Test("The four parts of a key come back, and so does the key from its text")
  func roundTrip() throws {
    try forEachSeed { random in
      let record: RecordID = random.chance(1, in: 2) ? .item(random.dot()) : .named("standard:q/1")
      let slot = random.pick(["", random.person().text])
      let location = random.chance(1, in: 2) ? random.dot() : nil
      let key = CellKey(record, "judgement", slot: slot, location: location)
      let read = CellKey(text: key.text)
      try demandEqual(read, key, "the text reads as another")
      try demandEqual(read?.record, record, "the record differs")
      try demandEqual(read?.field, "judgement", "the field differs")
      try demandEqual(read?.slot, slot, "the slot differs")
      try demandEqual(read?.location, location, "the location differs")
    }
  }

  @Test("Different cells have different keys")
  func distinct() {
    let records: [RecordID] = [
      .named("visit"), .named("visit:a"), .item(.of(0, 1)), .item(.of(0, 11)),
    ]
    let keys = records.flatMap { record in
      ["a", "aa"].flatMap { field in
        ["", "a", "aa"].flatMap { slot in
          [nil, .of(0, 1), .of(0, 1, branch: 1)].map {
            CellKey(record, field, slot: slot, location: $0)
          }
        }
      }
    }
    #expect(Set(keys).count == keys.count)
    #expect(Set(keys.map(\.text)).count == keys.count)
  }

  @Test(
    "A text without exactly four parts is no key",
    arguments: ["", "|", "visit|title|", "visit|title|||", "visit", "||||"]
  )
  func refusals(text: String) {
    #expect(CellKey(text: text) == nil)
  }

  @Test(
    "A text beyond ASCII is no key, even where a sign joins with a bar",
    arguments: [
      "visit|\u{301}title||", "visit|t\u{E9}tle||", "visit|title||\u{20E3}", "\u{FF5C}|||",
    ]
  )
  func beyondASCII(text: String) {
    // Once such a key was made, asking for its four parts stopped the process.
    let key = CellKey(text: text)
    #expect(key == nil)
  }

  @Test("A record or location that begins like an item and names none is no key")
  func itemsThatAreNone() {
    let dot = Dot.of(0, 3)
    #expect(CellKey(text: "#\(dot)|text||#\(dot)")?.location == dot)
    for part in ["#", "##\(dot)", "#\(dot).", "#\(dot)x", "#x.1"] {
      #expect(CellKey(text: "\(part)|text||") == nil)
      #expect(CellKey(text: "visit|text||\(part)") == nil)
    }
    #expect(CellKey(text: "visit|text||\(dot)") == nil)
    #expect(CellKey(text: "visit|text||visit") == nil)
  }

  @Test("A key holds the parts that it was made of, and only a bare ? field marks")
  func heldParts() {
    let key = CellKey(.item(.of(0, 3)), "text", slot: "x", location: .of(1, 4))
    #expect(key.record == .item(.of(0, 3)) && key.item == .of(0, 3))
    #expect(key.field == "text" && key.slot == "x" && key.location == .of(1, 4))
    #expect(CellKey(.named("visit"), "title").item == nil)
    #expect(CellKey(.item(.of(0, 3)), CellKey.uninterpreted).isMark)
    #expect(!CellKey(.item(.of(0, 3)), CellKey.uninterpreted, slot: "x").isMark)
    #expect(!CellKey(.item(.of(0, 3)), CellKey.uninterpreted, location: .of(1, 4)).isMark)
    #expect(!key.isMark)
  }

  @Test("Every ASCII character is taken exactly where the grammar has it")
  func everyCharacter() throws {
    try withEvery("byte", in: UInt8(0)...0x7F) { byte in
      let character = String(decoding: [byte], as: UTF8.self)
      let inField = (97...122).contains(byte) || (48...57).contains(byte) || byte == 45
      let inSlot = (0x21...0x7E).contains(byte) && byte != 124
      try demandEqual(CellKey.isField("a\(character)"), inField, "in a field")
      try demandEqual(CellKey.isSlot("a\(character)"), inSlot, "in a slot")
    }
    #expect(!CellKey.isField("\u{E9}"))
    #expect(!CellKey.isSlot("\u{E9}"))
  }

  @Test("A field has 1 to 32 characters and a slot 1 to 96")
  func lengths() {
    #expect(!CellKey.isField(""))
    #expect(CellKey.isField(String(repeating: "f", count: 32)))
    #expect(!CellKey.isField(String(repeating: "f", count: 33)))
    #expect(!CellKey.isSlot(""))
    #expect(CellKey.isSlot(String(repeating: "s", count: 96)))
    #expect(!CellKey.isSlot(String(repeating: "s", count: 97)))
  }

  @Test("The field of an item's existence cannot be written by anybody")
  func existenceIsReserved() {
    #expect(!CellKey.isField(CellKey.existence))
  }

  @Test("Keys sort by their bytes")
  func order() throws {
    try forEachSeed { random in
      let keys = (0..<8).map { _ in
        CellKey(
          .item(random.dot()),
          random.pick(["a", "a-b", "a0", "+"]),
          slot: random.pick(["", "Z"])
        )
      }
      try checkTotalOrder(keys)
      let byBytes = keys.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
      try demandEqual(keys.sorted(), byBytes, "the bytes sort otherwise")
    }
  }
}
