import Convergence
import SyncProtocol
import TestSupport
import Testing

@Suite("A stream of events")
struct EventReaderTests {
  private let pokes = [
    Poke(visit: VisitID(bits: Bits128(high: 1, low: 2)), position: 7),
    Poke(visit: VisitID(bits: Bits128(high: 3, low: 4)), position: 8),
  ]

  private func events(_ text: String) throws -> [EventReader.Event] {
    var reader = EventReader()
    return try reader.take(Array(text.utf8))
  }

  @Test("However a stream is cut into pieces, the same is read")
  func pieces() throws {
    let bytes = Poke.beat + pokes[0].event + Poke.beat + pokes[1].event
    let expected: [EventReader.Event] = [.beat, .poke(pokes[0]), .beat, .poke(pokes[1])]
    for cut in 0...bytes.count {
      for second in cut...bytes.count {
        var reader = EventReader()
        var read = try reader.take(bytes[..<cut])
        read += try reader.take(bytes[cut..<second])
        read += try reader.take(bytes[second...])
        #expect(read == expected, "cut after \(cut) and \(second)")
      }
    }
  }

  @Test(
    "Lines end as the standard says: by a feed, a return, or both",
    arguments: ["\n", "\r", "\r\n"]
  )
  func lineEnds(_ end: String) throws {
    let text = String(decoding: Poke.beat + pokes[0].event, as: UTF8.self)
    #expect(try events(text.replacing("\n", with: end)) == [.beat, .poke(pokes[0])])
  }

  @Test("What a later server may say is passed over")
  func unknown() throws {
    let poke = String(decoding: pokes[0].event, as: UTF8.self)
    for text in [
      "event: other\ndata: {}\n\n", "data: {}\n\n", "event: poke\n\n", "id: 4\nretry: 10\n\n",
      "x\n\n",
      "\n\n\n",
    ] {
      #expect(try events(text + poke) == [.poke(pokes[0])], "\(text)")
    }
    // One more member, and one more field.
    let data = "{\"position\":7,\"then\":1,\"visit\":\"\(pokes[0].visit)\"}"
    let more = "id: 1\nevent:poke\ndata:\(data)\n\n"
    #expect(try events(more) == [.poke(pokes[0])])
  }

  @Test("An event that is not finished is none")
  func unfinished() throws {
    #expect(try events("event: poke\ndata: nonsense").isEmpty)
  }

  @Test(
    "A poke that does not read ends the stream",
    arguments: [
      "", "{}", "[]", "{\"position\":-1,\"visit\":\"AAAAAAAAAAEAAAAAAAAAAg\"}",
      "{\"position\":1,\"visit\":\"short\"}",
      "{\"position\":1.5,\"visit\":\"AAAAAAAAAAEAAAAAAAAAAg\"}",
    ]
  )
  func malformed(_ data: String) {
    let error = #expect(throws: ProtocolError.self) {
      try events("event: poke\ndata: \(data)\n\n")
    }
    #expect(error?.code == .malformed)
  }

  @Test("A line or an event without end is refused before it fills the memory")
  func endless() {
    for unit in ["x", "data: x\n", "event: poke\ndata: 0123456789\n"] {
      let error = #expect(throws: ProtocolError.self) {
        try events(String(repeating: unit, count: 5_000))
      }
      #expect(error?.code == .tooLarge, "\(unit)")
    }
  }

  @Test("No bytes trap it, and what it refuses it refuses with a reason", arguments: 1...50)
  func noise(_ seed: Int) {
    var chance = SeededGenerator(seed: UInt64(seed))
    var bytes = Poke.beat + pokes[0].event + pokes[1].event
    for _ in 0..<chance.below(12) {
      bytes[chance.below(bytes.count)] = UInt8(chance.below(256))
    }
    var reader = EventReader()
    _ = try? reader.take(bytes)
  }
}
