import Convergence
import TestSupport

/// One operation of a history under ``Deed/meaning``, with what its author had seen.
struct Deed: Hashable, Pasteable, CustomStringConvertible {
  /// What it does.
  enum Kind: Hashable {
    /// Writes the title of the visit.
    case title
    /// Makes an item with a text.
    case item
    /// Writes the text of an item; anybody may.
    case text(Dot)
    /// Writes the note of an item; only its author may.
    case note(Dot)
    /// Makes an item in answer to another.
    case reply(Dot)
    /// A kind that no version knows.
    case unknown
    /// A known kind in a shape that cannot take effect.
    case malformed
  }

  let kind: Kind
  let dot: Dot
  let person: Int
  let over: [Dot]
  /// The operations before it, in everybody's knowledge that its author had.
  let seen: [Dot]

  init(_ kind: Kind, _ dot: Dot, by person: Int, over: [Dot] = [], seen: [Dot] = []) {
    self.kind = kind
    self.dot = dot
    self.person = person
    self.over = over
    self.seen = seen
  }

  /// The cell that it writes, where it writes one that others may write too.
  var key: CellKey? {
    switch kind {
    case .title: CellKey(.named("visit"), "title")
    case .text(let item): CellKey(.item(item), "text")
    case .note(let item): CellKey(.item(item), "note")
    case .item, .reply: CellKey(.item(dot), "text")
    case .unknown, .malformed: nil
    }
  }

  /// The item that it must find.
  var target: Dot? {
    switch kind {
    case .text(let item), .note(let item), .reply(let item): item
    case .title, .item, .unknown, .malformed: nil
    }
  }

  /// Whether it makes an item.
  var isAddition: Bool {
    switch kind {
    case .item, .reply: true
    case .title, .text, .note, .unknown, .malformed: false
    }
  }

  /// What it writes.
  var value: Value { .string("\(dot)") }

  /// The operation, as a machine reads it from a batch.
  var operation: Operation {
    let field = Addition.Field(name: "text", value: value)
    let action: Operation.Action =
      switch kind {
      case .title: .set(assignment(.named("visit"), "title"))
      case .text(let item): .set(assignment(.item(item), "text"))
      case .note(let item): .set(assignment(.item(item), "note"))
      case .item: .add(Addition(type: "finding", within: .named("visit"), fields: [field]))
      case .reply(let item): .add(Addition(type: "comment", replyTo: item, fields: [field]))
      case .unknown: .uninterpreted(kind: "later")
      case .malformed: .inert(.shape)
      }
    return Operation(dot: dot, person: Cast.person(person), clock: 0, action: action)
  }

  private func assignment(_ record: RecordID, _ field: String) -> Assignment {
    Assignment(record: record, field: field, value: value, over: over)
  }

  var source: String {
    let kind =
      switch kind {
      case .title: ".title"
      case .item: ".item"
      case .text(let item): ".text(\(item.source))"
      case .note(let item): ".note(\(item.source))"
      case .reply(let item): ".reply(\(item.source))"
      case .unknown: ".unknown"
      case .malformed: ".malformed"
      }
    let over = over.map(\.source).joined(separator: ", ")
    let seen = seen.map(\.source).joined(separator: ", ")
    return "Deed(\(kind), \(dot.source), by: \(person), over: [\(over)], seen: [\(seen)])"
  }

  var description: String { source }
}

extension Deed {
  /// Rules small enough to check by hand: people whom the authority holds are held, items must
  /// exist, and a note is its author's.
  static let meaning = Meaning(version: 1) { operation, context in
    if !context.authority[holdKey(of: operation.person)].isEmpty { return .held }
    switch operation.action {
    case .set(let assignment):
      guard case .item(let dot) = assignment.record else { return .effective }
      guard let item = context.item(dot) else { return .inert(.record) }
      if assignment.field == "note", item.author != operation.person { return .inert(.author) }
      return .effective
    case .add(let addition):
      guard let dot = addition.replyTo else { return .effective }
      return context.item(dot) == nil ? .inert(.reference) : .effective
    case .uninterpreted, .inert:
      return .effective  // Wrong on purpose: nobody may believe it.
    }
  }

  /// The authority that holds these people.
  static func authority(holding people: [Int]) -> Authority {
    var authority = Authority()
    for (index, person) in people.enumerated() {
      authority.absorb(
        Operation(
          dot: .of(3, Int64(index + 1)),
          person: .authority,
          clock: 0,
          action: .set(
            Assignment(
              record: .named("hold"),
              field: "person",
              slot: Cast.person(person).text,
              value: .bool(true)
            )
          )
        )
      )
    }
    return authority
  }

  private static func holdKey(of person: PersonID) -> CellKey {
    CellKey(.named("hold"), "person", slot: person.text)
  }
}
