import AssessmentModel
import Convergence
import Testing

@Suite("The meaning of operations")
struct MeaningTests {
  private let location = Item(
    dot: Cast.dot(50, 1),
    type: "location",
    author: Cast.lead,
    within: .service
  )
  private let comment = Item(
    dot: Cast.dot(50, 2),
    type: "comment",
    author: Cast.lay,
    within: .visit
  )

  /// An operation that this version cannot interpret.
  private static let unread = Cast.dot(50, 8)

  private func authority(_ more: [Operation] = []) throws -> Authority {
    var authority = Authority()
    for (offset, draft) in try Cast.founding.drafts().enumerated() {
      let dot = Cast.dot(0, Int64(offset) + 1)
      authority.absorb(Operation(dot: dot, person: .authority, clock: 0, action: draft.action))
    }
    for operation in more { authority.absorb(operation) }
    return authority
  }

  private func effect(
    _ action: Operation.Action,
    by person: PersonID = Cast.lead,
    dot: Dot = Cast.dot(9, 5),
    under authority: Authority? = nil
  ) throws -> Effect {
    let operation = Operation(dot: dot, person: person, clock: 0, action: action)
    let authority = try authority ?? self.authority()
    let context = Meaning.Context(
      author: Meaning.assessment.author(person, dot.replica, under: authority),
      items: [location, comment],
      uninterpreted: [Self.unread]
    )
    return Meaning.assessment.effect(operation, context)
  }

  private func member(
    _ counter: Int64,
    _ person: PersonID,
    _ value: Value,
    over: [Dot] = [],
    replica: UInt64 = 0
  ) -> Operation {
    let assignment = Assignment(
      record: .visit,
      field: "member",
      slot: person.text,
      value: value,
      over: over
    )
    return Operation(
      dot: Cast.dot(replica, counter),
      person: .authority,
      clock: 0,
      action: .set(assignment)
    )
  }

  private func add(
    _ type: String,
    in record: RecordID?,
    re: Dot? = nil,
    _ fields: [Addition.Field] = []
  ) -> Operation.Action {
    .add(Addition(type: type, within: record, replyTo: re, fields: fields))
  }

  private let name = Operation.Action.set(
    Assignment(record: .service, field: "name", value: .string("N"))
  )

  private let assigned = Operation.Action.set(
    Assignment(
      record: .visit,
      field: "assigned",
      slot: Cast.lay.text,
      value: .object(["standards": .list([])])
    )
  )

  /// A cut that holds what replica 9 wrote up to a counter.
  private func cut(_ last: Int64) -> Value {
    let half = Text64.encode([UInt8](repeating: 5, count: 16))
    return .list([.list([.string(Cast.replica(9).text), .int(last), .string(half)])])
  }

  private func removal(_ last: Int64) -> Value {
    .object(["role": .string("none"), "cut": cut(last)])
  }

  @Test("The model version is 1")
  func version() { #expect(Meaning.assessment.version == 1) }

  @Test("A kind or shape that cannot be read is returned as it came")
  func unread() throws {
    #expect(try effect(.uninterpreted(kind: "inc")) == .uninterpreted)
    #expect(try effect(.inert(.reference)) == .inert(.reference))
  }

  @Test("An item is added by those who may, in the record where it belongs")
  func additions() throws {
    #expect(try effect(add("location", in: .service), by: Cast.lay) == .effective)
    #expect(try effect(add("location", in: .visit)) == .inert(.record))
    #expect(try effect(add("location", in: nil)) == .inert(.record))
    #expect(try effect(add("location", in: .service), by: Cast.observer) == .inert(.role))
    #expect(try effect(add("location", in: .service), by: .authority) == .inert(.role))
    #expect(try effect(add("evidence", in: .visit), by: Cast.peerA) == .effective)
    #expect(try effect(add("evidence", in: .visit), by: Cast.staff) == .inert(.role))
    #expect(try effect(add("evidence", in: .service)) == .inert(.record))
    for person in [Cast.lead, Cast.peerA, Cast.lay, Cast.observer, Cast.staff] {
      #expect(try effect(add("comment", in: .named("note:n4")), by: person) == .effective)
    }
    #expect(try effect(add("comment", in: .visit), by: .authority) == .inert(.role))
    #expect(try effect(add("comment", in: .visit), by: Cast.stranger) == .held)
    #expect(try effect(add("comment", in: .item(location.dot))) == .effective)
    #expect(try effect(add("comment", in: .item(Cast.dot(50, 9)))) == .inert(.record))
    #expect(try effect(add("comment", in: .named("ward:x"))) == .inert(.record))
    #expect(try effect(add("comment", in: nil)) == .inert(.record))
    #expect(try effect(add("comment", in: .visit, re: comment.dot)) == .effective)
    #expect(try effect(add("comment", in: .visit, re: Cast.dot(50, 9))) == .inert(.record))
    #expect(try effect(add("badge", in: .visit)) == .inert(.record))
  }

  @Test(
    "An item type of a later version is uninterpreted",
    arguments: [
      "enquiry", "check", "sighting", "attachment", "tally", "sample", "observation", "measure",
      "finding", "nonconformity", "occurrence", "action", "progress", "audit", "incident",
      "document", "risk", "case", "redaction", "cut", "signature",
    ]
  )
  func reservedItems(type: String) throws {
    #expect(try effect(add(type, in: .visit)) == .uninterpreted)
    #expect(try effect(add(type, in: nil), by: Cast.observer) == .uninterpreted)
    #expect(try effect(add(type, in: nil), by: Cast.stranger) == .held)
  }

  @Test("What is about, in, at or in answer to an uninterpreted operation is uninterpreted too")
  func uninterpretedItems() throws {
    let unread = RecordID.item(Self.unread)
    let about = Assignment(record: unread, field: "text", value: .string("a"))
    #expect(try effect(.set(about)) == .uninterpreted)
    let at = Assignment(
      record: .named("standard:x"),
      field: "judgement",
      slot: Cast.lead.text,
      location: Self.unread,
      value: .string("a")
    )
    #expect(try effect(.set(at)) == .uninterpreted)
    #expect(try effect(add("comment", in: unread)) == .uninterpreted)
    #expect(try effect(add("comment", in: .visit, re: Self.unread)) == .uninterpreted)
    #expect(try effect(.set(about), by: Cast.stranger) == .held)
  }

  @Test("Every field that an item is given is judged like a field that is set")
  func givenFields() throws {
    let title = Addition.Field(name: "title", value: .string("T"))
    func evidence(_ field: Addition.Field) throws -> Effect {
      try effect(add("evidence", in: .visit, [title, field]))
    }
    #expect(try evidence(.init(name: "supports", slot: "x", value: .bool(true))) == .effective)
    #expect(try evidence(.init(name: "supports", value: .bool(true))) == .inert(.slot))
    #expect(try evidence(.init(name: "colour", value: .bool(true))) == .inert(.field))
    #expect(try evidence(.init(name: "kind", slot: "x", value: .string("k"))) == .inert(.slot))
    #expect(try evidence(.init(name: "status", value: .string("lost"))) == .inert(.value))
  }

  @Test("The first rule that an operation breaks decides, in the order that is written down")
  func order() throws {
    // Each breaks one rule less than the one before it.
    func set(
      _ record: String,
      _ field: String,
      _ slot: String,
      _ value: Value
    )
      -> Operation.Action
    {
      .set(Assignment(record: .named(record), field: field, slot: slot, value: value))
    }
    let observer = Cast.observer
    #expect(try effect(set("ward:x", "a", "!", .int(1)), by: Cast.stranger) == .held)
    #expect(try effect(.uninterpreted(kind: "inc"), by: Cast.stranger) == .held)
    #expect(try effect(set("ward:x", "a", "!", .int(1)), by: observer) == .inert(.record))
    #expect(try effect(set("standard:x", "a", "!", .int(1)), by: observer) == .inert(.field))
    let noSlot = set("standard:x", "judgement", "", .int(1))
    #expect(try effect(noSlot, by: observer) == .inert(.slot))
    let others = set("standard:x", "judgement", Cast.lead.text, .int(1))
    #expect(try effect(others, by: observer) == .inert(.slot))
    let own = set("standard:x", "judgement", observer.text, .int(1))
    #expect(try effect(own, by: observer) == .inert(.role))
    #expect(try effect(others, by: Cast.lead) == .inert(.value))
    let words = Operation.Action.set(
      Assignment(record: .item(comment.dot), field: "text", value: .int(1))
    )
    #expect(try effect(words, by: .authority) == .inert(.author))
    #expect(try effect(words, by: Cast.lay) == .inert(.value))
  }

  @Test("Whoever was removed keeps what the cut includes, and the rest is held (C68)")
  func removal() throws {
    let founded = try authority()
    let before = founded[CellKey(.visit, "member", slot: Cast.peerA.text)].siblings.map(\.dot)
    let under = try authority([member(20, Cast.peerA, removal(5), over: before)])
    let peer = Cast.peerA
    #expect(try effect(name, by: peer, dot: Cast.dot(9, 5), under: under) == .effective)
    #expect(try effect(name, by: peer, dot: Cast.dot(9, 6), under: under) == .held)
    #expect(try effect(name, by: peer, dot: Cast.dot(8, 1), under: under) == .held)
    #expect(try effect(name, by: Cast.lead, dot: Cast.dot(8, 1), under: under) == .effective)
  }

  @Test("A revoked replica keeps what the cut includes, and the person's other replicas go on")
  func revocation() throws {
    let assignment = Assignment(
      record: .visit,
      field: "revoked",
      slot: Cast.replica(9).text,
      value: .object(["cut": cut(5), "because": .string("stolen")])
    )
    let revoked = Operation(
      dot: Cast.dot(0, 20),
      person: .authority,
      clock: 0,
      action: .set(assignment)
    )
    let under = try authority([revoked])
    #expect(try effect(name, dot: Cast.dot(9, 5), under: under) == .effective)
    #expect(try effect(name, dot: Cast.dot(9, 6), under: under) == .held)
    #expect(try effect(name, dot: Cast.dot(8, 6), under: under) == .effective)
  }

  @Test("Where two authority replicas differ the narrowest right holds")
  func narrowest() throws {
    let observer = Value.object(["role": .string("observer"), "name": .string("L")])
    let lesser = try authority([member(1, Cast.lead, observer, replica: 1)])
    #expect(try effect(name, under: lesser) == .inert(.role))
    let before = try authority()[CellKey(.visit, "member", slot: Cast.lead.text)].siblings.map(
      \.dot
    )
    let peer = Value.object(["role": .string("peer"), "name": .string("L")])
    let either = try authority([
      member(20, Cast.lead, peer, over: before),
      member(1, Cast.lead, removal(4), over: before, replica: 1),
    ])
    #expect(try effect(name, dot: Cast.dot(9, 4), under: either) == .effective)
    #expect(try effect(assigned, dot: Cast.dot(9, 4), under: either) == .inert(.role))
    #expect(try effect(name, dot: Cast.dot(9, 5), under: either) == .held)
    let twice = try authority([
      member(1, Cast.lead, removal(6), over: before, replica: 1),
      member(1, Cast.lead, removal(4), over: before, replica: 2),
    ])
    #expect(try effect(assigned, dot: Cast.dot(9, 4), under: twice) == .effective)
    #expect(try effect(name, dot: Cast.dot(9, 5), under: twice) == .held)
  }

  @Test("Inside the cut a person has the role that the removal wrote over, through every removal")
  func roleBeforeRemoval() throws {
    func before(_ person: PersonID) throws -> [Dot] {
      try authority()[CellKey(.visit, "member", slot: person.text)].siblings.map(\.dot)
    }
    let lead = try authority([
      member(20, Cast.lead, removal(5), over: before(Cast.lead)),
      member(21, Cast.lead, removal(4), over: [Cast.dot(0, 20)]),
    ])
    #expect(try effect(assigned, dot: Cast.dot(9, 4), under: lead) == .effective)
    #expect(try effect(assigned, dot: Cast.dot(9, 5), under: lead) == .held)
    let observer = try authority([
      member(20, Cast.observer, removal(5), over: before(Cast.observer))
    ])
    #expect(
      try effect(name, by: Cast.observer, dot: Cast.dot(9, 4), under: observer) == .inert(.role)
    )
    // Who was removed without ever having been a member never had a right.
    let stranger = try authority([member(20, Cast.stranger, removal(5))])
    #expect(try effect(name, by: Cast.stranger, dot: Cast.dot(9, 4), under: stranger) == .held)
  }

  @Test("A member cell that cannot be read gives no right")
  func unreadableMember() throws {
    let odd = Value.object(["role": .string("chief"), "name": .string("L")])
    let under = try authority([member(1, Cast.lead, odd, replica: 1)])
    #expect(try effect(name, under: under) == .held)
  }

  @Test("R5: noting a suggestion as seen is kept for later and judges nothing")
  func suggestions() throws {
    let seen = Operation.Action.set(
      Assignment(
        record: .named("suggestion:qsi/xr-304.1"),
        field: "seen",
        value: .object(["is": .string("seen")])
      )
    )
    #expect(try effect(seen) == .uninterpreted)
  }
}
