import Convergence
import SyncProtocol
import TestSupport
import Testing

@Suite("Open operations")
struct OpenOperationTests {
  @Test("A stored line and a sealed batch give the same operation")
  func roundTrip() throws {
    let key = try Samples.key(1)
    let replica = key.publicKey.replicaID
    let person = Samples.person(1)
    try forEachSeed { random in
      var past = VersionVector()
      for other in UInt64(1)...4 { past.extend(Samples.dot(other, 1).stream, to: 9) }
      past.extend(StreamID(replica: replica), to: 6)
      let drafts = (0...random.below(6)).map { _ in random.draft(own: replica) }
      let open = try drafts.enumerated().map { index, draft in
        let clock = Samples.clock + Int64(random.int(in: -9...9))
        return try OpenOperation(counter: Int64(7 + index), clock: clock, draft: draft)
      }
      let head = Sealer.Head(number: 3, hash: Samples.hash(3))
      let sealer = Sealer(visit: Samples.visit, key: key, person: person)
      let sealed = try sealer.seal(open, after: head, deps: [])
      let resolved = try sealed.flatMap { sealed in
        try Batch(line: sealed.line).resolved(person: person, branch: .trunk, past: past)
      }
      for (open, resolved) in zip(open, resolved) {
        let own = open.operation(replica: replica, person: person)
        let stored = try OpenOperation(counter: open.counter, line: open.line)
        try demandEqual(stored.line, open.line, "the line of a line")
        let again = stored.operation(replica: replica, person: person)
        try demandEqual(again.described, own.described, "read from its line")
        try demandEqual(resolved.described, own.described, "read from its batch")
      }
      try demandEqual(resolved.count, open.count, "none is lost")
    }
  }

  @Test("An operation over 16,384 escaped bytes is refused in words")
  func size() throws {
    _ = try Samples.open(1, Samples.title(String(repeating: "x", count: 16_000)))
    for text in [String(repeating: "x", count: 16_400), String(repeating: "\u{1}", count: 2_800)] {
      let error = #expect(throws: ProtocolError.self) { try Samples.open(1, Samples.title(text)) }
      #expect(error?.code == .tooLarge)
      #expect(error?.message.contains("shorten") == true)
    }
  }

  @Test("More than 512 references, a counter below 1 and an extreme clock are refused")
  func ranges() throws {
    let dots = (0..<513).map { Samples.dot(1, Int64($0 + 1)) }
    _ = try Samples.open(1, Samples.title("a", over: Array(dots.dropLast())))
    #expect(throws: ProtocolError.self) { try Samples.open(1, Samples.title("a", over: dots)) }
    let cites = Draft(Assignment(record: .named("visit"), field: "x", value: .int(1)), cites: dots)
    #expect(throws: ProtocolError.self) { try Samples.open(1, cites) }
    #expect(throws: ProtocolError.self) { try Samples.open(0, Samples.title("a")) }
    #expect(throws: ProtocolError.self) { try Samples.open(1, Samples.title("a"), clock: .max) }
    #expect(throws: ProtocolError.self) { try Samples.open(1, Samples.title("a"), clock: .min) }
  }

  @Test("What no batch could carry is refused before it is written down")
  func unreadable() {
    var deep = Value.int(1)
    for _ in 0..<6 { deep = .list([deep]) }
    let field = Addition.Field(name: "title", value: .int(1))
    let drafts = [
      Draft(Assignment(record: .named("visit"), field: "title", value: deep)),
      Draft(Assignment(record: .named("visit"), field: "title", value: .int(1 << 53))),
      Draft(Assignment(record: .named("visit"), field: "title", value: .string("a\u{0}b"))),
      Draft(
        Assignment(record: .named("visit"), field: "title", value: .object(["\u{E9}": .int(1)]))
      ),
      Draft(Assignment(record: .named("visit"), field: "Title", value: .int(1))),
      Draft(Assignment(record: .named("visit"), field: "title", slot: "a|b", value: .int(1))),
      Draft(Assignment(record: .named("a|b"), field: "title", value: .int(1))),
      Draft(Addition(type: "", within: .named("visit"))),
      Draft(Addition(type: "evidence", within: .named("visit"), fields: [field, field])),
    ]
    for draft in drafts {
      let error = #expect(throws: ProtocolError.self) { try Samples.open(1, draft) }
      #expect(error?.code == .malformed)
    }
  }

  @Test("A line that a store did not write is refused")
  func damaged() {
    for line in ["", "{}", "[]", #"{"k":"later"}"#, #"{"k":"set","at":"visit","f":"title"}"#] {
      #expect(throws: ProtocolError.self) { try OpenOperation(counter: 1, line: Array(line.utf8)) }
    }
  }
}

extension Operation {
  /// Everything in it, with values as bytes.
  fileprivate var described: String { "\(dot) \(person) \(clock) \(action) \(cites)" }
}

extension SeededGenerator {
  fileprivate mutating func reference(own: ReplicaID) -> Dot {
    chance(1, in: 3)
      ? Dot(replica: own, counter: Int64(int(in: 1...6)))
      : Samples.dot(UInt64(int(in: 1...4)), Int64(int(in: 1...9)))
  }

  fileprivate mutating func draft(own: ReplicaID) -> Draft {
    let dots = Set((0..<below(4)).map { _ in reference(own: own) }).sorted()
    let record = chance(1, in: 2) ? RecordID.named("standard:A1.2") : .item(reference(own: own))
    if chance(1, in: 2) {
      return Draft(
        Assignment(
          record: record,
          field: "judgement",
          slot: pick(["", "a:b", Samples.person(1).text, Samples.person(2).text]),
          location: chance(1, in: 3) ? reference(own: own) : nil,
          value: value(depth: 4),
          over: dots
        ),
        cites: chance(1, in: 2) ? dots : []
      )
    }
    return Draft(
      Addition(
        type: "evidence",
        within: chance(1, in: 2) ? record : nil,
        replyTo: chance(1, in: 3) ? reference(own: own) : nil,
        fields: subset(["kind", "supports", "title"]).map {
          Addition.Field(name: $0, slot: $0 == "supports" ? "A1/2" : "", value: value(depth: 3))
        }
      ),
      cites: dots
    )
  }
}
