import Convergence
import TestSupport
import Testing

@Suite("Identifiers")
struct IdentifierTests {
  @Test("An identifier is written in 22 characters and read back from them and from its bytes")
  func roundTrip() throws {
    try forEachSeed { random in
      try roundTrip(ReplicaID(bits: random.bits()))
      try roundTrip(PersonID(bits: random.bits()))
      try roundTrip(VisitID(bits: random.bits()))
    }
  }

  private func roundTrip<ID: Identifier>(_ id: ID) throws {
    try demandEqual(id.text.utf8.count, 22, "the text has another length")
    try demandEqual(id.text, Text64.encode(id.bits.bytes), "the text is not that of the bytes")
    try demandEqual(id.description, id.text, "it is shown otherwise than written")
    try demandEqual(ID(text: id.text), id, "the text reads as another")
    try demandEqual(ID(text: "\(id)"[...]), id, "part of a text reads as another")
    try demandEqual(ID(bytes: id.bits.bytes), id, "the bytes read as another")
  }

  @Test(
    "A text that is not 22 canonical characters names nothing",
    arguments: [
      "", "A", "AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAB",
      "AAAAAAAAAAAAAAAAAAAAA=", " AAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAA\n",
      "AAAAAAAAAAAAAAAAAAAA\u{E9}", "AAAAAAAAAA+AAAAAAAAAAA",
    ]
  )
  func refusals(text: String) {
    #expect(ReplicaID(text: text) == nil)
    #expect(PersonID(text: text) == nil)
    #expect(VisitID(text: text) == nil)
  }

  @Test("Every character at every place is taken exactly where Text64 takes it, and reads alike")
  func everyCharacter() throws {
    let text = Array(Text64.encode((0..<16).map { 0xF0 | $0 }).utf8)
    try withEvery("place", in: text.indices) { place in
      try withEvery("byte", in: UInt8(0)...0x7F) { byte in
        var changed = text
        changed[place] = byte
        let id = VisitID(text: String(decoding: changed, as: UTF8.self))
        try demandEqual(id?.bits.bytes, Text64.decode(utf8: changed), "the readers disagree")
      }
    }
  }

  @Test("No length of bytes but sixteen is taken")
  func lengths() {
    for length in 0...40 where length != 16 {
      #expect(PersonID(bytes: [UInt8](repeating: 7, count: length)) == nil)
    }
  }

  @Test("The authority has sixteen zero bytes and sorts before every person")
  func authority() {
    #expect(PersonID.authority.bits.bytes == [UInt8](repeating: 0, count: 16))
    #expect(PersonID.authority.text == "AAAAAAAAAAAAAAAAAAAAAA")
    #expect(Cast.people.allSatisfy { PersonID.authority < $0 })
  }

  @Test("Identifiers sort by their bytes")
  func order() throws {
    try forEachSeed { random in
      let ids = (0..<6).map { _ in ReplicaID(bits: random.bits()) }
      try checkTotalOrder(ids)
      try demandEqual(ids.sorted().map(\.bits), ids.map(\.bits).sorted(), "the bits sort otherwise")
    }
  }
}
