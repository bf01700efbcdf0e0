import AssessmentModel
import Convergence
import Testing

@Suite("The registry")
struct RegistryTests {
  private let people: [(role: String, person: PersonID)] = [
    ("lead", Cast.lead), ("peer", Cast.peerA), ("lay", Cast.lay), ("observer", Cast.observer),
    ("staff", Cast.staff), ("authority", .authority),
  ]
  private let items = [
    Item(dot: Cast.dot(50, 1), type: "location", author: Cast.lead, within: .service),
    Item(dot: Cast.dot(50, 2), type: "comment", author: Cast.lay, within: .visit),
    Item(dot: Cast.dot(50, 3), type: "evidence", author: Cast.lead, within: .visit),
  ]

  private func context(for person: PersonID, _ replica: ReplicaID) throws -> Meaning.Context {
    var authority = Authority()
    for (offset, draft) in try Cast.founding.drafts().enumerated() {
      let dot = Cast.dot(0, Int64(offset) + 1)
      authority.absorb(Operation(dot: dot, person: .authority, clock: 0, action: draft.action))
    }
    return Meaning.Context(
      author: Meaning.assessment.author(person, replica, under: authority),
      items: items
    )
  }

  private func record(_ row: ExpectedRow) throws -> RecordID {
    guard row.record.hasPrefix("#") else { return .named(row.record) }
    return .item(try #require(items.first { $0.type == row.record.dropFirst() }).dot)
  }

  private func effect(
    _ row: ExpectedRow,
    by person: PersonID,
    slot: String? = nil,
    location: Dot? = nil,
    _ value: Value
  ) throws -> Effect {
    let action = Operation.Action.set(
      Assignment(
        record: try record(row),
        field: row.field,
        slot: slot ?? (row.slot == "own" ? person.text : row.slot),
        location: location,
        value: value
      )
    )
    let operation = Operation(dot: Cast.dot(9, 1), person: person, clock: 0, action: action)
    return Meaning.assessment.effect(operation, try context(for: person, operation.dot.replica))
  }

  /// Somebody who may write the row.
  private func writer(of row: ExpectedRow) throws -> PersonID {
    if row.roles == ["author"] { return Cast.lay }
    return try #require(people.first { row.roles.contains($0.role) }).person
  }

  @Test("Every row that is interpreted is tested, and no other")
  func rowsAreComplete() {
    var rows: [String] = []
    for rule in Registry.records {
      let name = rule.hasID ? "\(rule.type):" : rule.type
      rows += rule.fields.filter { !$0.isReserved }.map { "\(name) \($0.name)" }
    }
    for rule in Registry.items {
      rows += rule.fields.filter { !$0.isReserved }.map { "#\(rule.type) \($0.name)" }
    }
    let expected = expectedRows.map { row in
      "\(row.record.hasPrefix("standard:") ? "standard:" : row.record) \(row.field)"
    }
    #expect(rows.sorted() == expected.sorted())
    #expect(rows.count == 31)
  }

  @Test("A row takes good values and makes bad ones inert", arguments: expectedRows)
  func values(_ row: ExpectedRow) throws {
    let person = try writer(of: row)
    for value in row.good {
      #expect(try effect(row, by: person, value) == .effective, "\(value)")
    }
    for value in row.bad {
      #expect(try effect(row, by: person, value) == .inert(.value), "\(value)")
    }
    #expect(!row.good.isEmpty && !row.bad.isEmpty)
  }

  @Test("A row takes what its writers write and refuses every other role", arguments: expectedRows)
  func writers(_ row: ExpectedRow) throws {
    let value = try #require(row.good.first)
    for (role, person) in people {
      let effect = try effect(row, by: person, value)
      if row.roles == ["author"] {
        let expected: Effect = role == "lay" ? .effective : .inert(.author)
        #expect(effect == expected, "\(role)")
      } else {
        #expect(effect == (row.roles.contains(role) ? .effective : .inert(.role)), "\(role)")
      }
    }
    #expect(try effect(row, by: Cast.stranger, value) == .held)
  }

  @Test("A row is refused with a slot or a location that does not belong", arguments: expectedRows)
  func places(_ row: ExpectedRow) throws {
    let person = try writer(of: row)
    let value = try #require(row.good.first)
    let location = items[0].dot
    let slots = row.slot.isEmpty ? ["x", Cast.lead.text] : ["", "a b", "a|b", "a:b"]
    for slot in slots {
      #expect(try effect(row, by: person, slot: slot, value) == .inert(.slot), "\(slot)")
    }
    if row.slot == "own" {
      let other = person == Cast.lay ? Cast.lead : Cast.lay
      #expect(try effect(row, by: person, slot: other.text, value) == .inert(.slot))
    }
    let expected: Effect = row.takesLocation ? .effective : .inert(.slot)
    #expect(try effect(row, by: person, location: location, value) == expected)
    for wrong in [items[1].dot, Cast.dot(50, 9)] {
      #expect(try effect(row, by: person, location: wrong, value) == .inert(.record))
    }
  }

  @Test(
    "A reserved row is uninterpreted, whoever on the visit writes it",
    arguments: [
      ("visit", "stage"), ("visit", "dates"), ("visit", "cycle"), ("visit", "summary"),
      ("visit", "strengths"), ("visit", "challenges"), ("visit", "late"), ("visit", "award"),
      ("service", "modality"), ("service", "pathway"), ("service", "support"),
      ("service", "children"), ("service", "round-the-clock"), ("standard:x", "interval"),
      ("suggestion:x", "seen"),
    ]
  )
  func reservedRows(record: String, field: String) throws {
    let row = ExpectedRow(record: record, field: field, roles: [], good: [], bad: [])
    for person in [Cast.lead, Cast.observer, .authority] {
      #expect(try effect(row, by: person, slot: "x", .bool(true)) == .uninterpreted)
    }
    #expect(try effect(row, by: Cast.stranger, slot: "x", .bool(true)) == .held)
  }

  @Test(
    "What the registry does not name is inert",
    arguments: [
      ("visit", "score", InertReason.field), ("visit:x", "title", .record),
      ("standard", "judgement", .record), ("service:x", "name", .record),
      ("ward:x", "name", .record), ("note:x", "text", .field), ("person:x", "name", .field),
      ("replica:x", "name", .field), ("suggestion:x", "read", .field),
    ]
  )
  func unknownRows(record: String, field: String, reason: InertReason) throws {
    let row = ExpectedRow(record: record, field: field, roles: [], good: [], bad: [])
    #expect(try effect(row, by: Cast.lead, .bool(true)) == .inert(reason))
  }
}
