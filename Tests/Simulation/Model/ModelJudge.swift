import Convergence

/// Says what each operation does (section 5): the first rule that is broken decides.
///
/// An operation is judged by itself, by what its author had seen of the items it names, and by the
/// authority's operations in the whole set.
struct ModelJudge {
  /// What an operation does instead of taking effect.
  private struct Refusal: Error {
    let effect: Effect

    init(_ effect: Effect) { self.effect = effect }

    init(_ reason: InertReason) { effect = .inert(reason) }
  }

  private let log: ModelLog
  private var types: [Int: String] = [:]
  private var uninterpreted: Set<Int> = []

  /// The standing of the author of each operation, and everybody who is one with that author.
  private let standings: [ModelRoster.Standing]
  private let people: [Set<PersonID>]

  /// Judges every operation, in an order in which each comes after what it refers to.
  static func effects(
    _ log: ModelLog,
    _ readings: [ModelReader.Reading],
    _ roster: ModelRoster
  ) -> [Effect] {
    var judge = ModelJudge(log, roster)
    return readings.enumerated().map { judge.judge($0.offset, $0.element.statement) }
  }

  private init(_ log: ModelLog, _ roster: ModelRoster) {
    self.log = log
    standings = log.nodes.indices.map { roster.standing(of: $0) }
    people = log.batches.map { roster.people(oneWith: $0.person) }
  }

  private mutating func judge(_ node: Int, _ statement: ModelStatement) -> Effect {
    let effect: Effect
    do {
      try check(node, statement)
      effect = .effective
    } catch {
      effect = error.effect
    }
    if case .add(let type, _, _, _, _) = statement, effect == .effective { types[node] = type }
    if effect == .uninterpreted { uninterpreted.insert(node) }
    return effect
  }

  private func check(_ node: Int, _ statement: ModelStatement) throws(Refusal) {
    if case .held = standings[node] { throw Refusal(.held) }
    switch statement {
    case .unknown:
      throw Refusal(.uninterpreted)
    case .broken(let reason):
      throw Refusal(reason)
    case .count(let target):
      // Model 1 has no field that counts or holds paragraphs: rows that do are left to later ones.
      _ = try row(target)
      throw Refusal(.field)
    case .set(let target, let value, _, _):
      let row = try row(target)
      try checkSlot(target.slot, hasLocation: target.location != nil, row, node)
      if row.writers.contains(.author) {
        guard case .item(let item) = target.record,
          people[log.nodes[node].batch].contains(log.person(item))
        else { throw Refusal(.author) }
      }
      guard mayWrite(row.writers, node) else { throw Refusal(.role) }
      guard row.allows?(value) ?? false else { throw Refusal(.value) }
    case .add(let type, let within, let replyTo, let given, _):
      try check(node, adding: type, within, replyTo, given)
    }
  }

  private func check(
    _ node: Int,
    adding type: String,
    _ within: ModelStatement.Record?,
    _ replyTo: Int?,
    _ given: [ModelStatement.Given]
  ) throws(Refusal) {
    guard let (isReserved, item) = ModelRegistry.item(type) else { throw Refusal(.record) }
    guard !isReserved, let item else { throw Refusal(.uninterpreted) }
    guard let within else { throw Refusal(.record) }
    switch within {
    case .item(let parent):
      _ = try self.type(of: parent)
      guard item.within == nil else { throw Refusal(.record) }
    case .named(let name):
      guard item.within.map({ $0 == name }) ?? (ModelRegistry.fields(ofRecord: name) != nil) else {
        throw Refusal(.record)
      }
    }
    if let replyTo { _ = try self.type(of: replyTo) }
    var rows: [ModelRow] = []
    for field in given {
      guard let row = item.fields[field.field] else { throw Refusal(.field) }
      try checkSlot(field.slot, hasLocation: false, row, node)
      rows.append(row)
    }
    guard mayWrite([item.adder], node), rows.allSatisfy({ mayWrite($0.writers, node) }) else {
      throw Refusal(.role)
    }
    guard zip(rows, given).allSatisfy({ $0.allows?($1.value) ?? false }) else {
      throw Refusal(.value)
    }
  }

  /// The row of what is written to: `record` is decided here, then `field`.
  private func row(_ target: ModelStatement.Target) throws(Refusal) -> ModelRow {
    let fields: [String: ModelRow]?
    switch target.record {
    case .named(let name): fields = ModelRegistry.fields(ofRecord: name)
    case .item(let item): fields = ModelRegistry.item(try type(of: item))?.item?.fields
    }
    guard let fields else { throw Refusal(.record) }
    if let location = target.location, try type(of: location) != "location" {
      throw Refusal(.record)
    }
    guard let row = fields[target.field] else { throw Refusal(.field) }
    guard row.allows != nil else { throw Refusal(.uninterpreted) }
    return row
  }

  /// The type of an item that exists with effect.
  private func type(of node: Int) throws(Refusal) -> String {
    if uninterpreted.contains(node) { throw Refusal(.uninterpreted) }
    guard let type = types[node] else { throw Refusal(.record) }
    return type
  }

  private func checkSlot(
    _ slot: String,
    hasLocation: Bool,
    _ row: ModelRow,
    _ node: Int
  ) throws(Refusal) {
    guard row.slot.allows(slot), !hasLocation || row.takesLocation,
      !row.writers.contains(where: \.isOwn)
        || people[log.nodes[node].batch].contains(where: { $0.text == slot })
    else { throw Refusal(.slot) }
  }

  private func mayWrite(_ writers: [ModelWriter], _ node: Int) -> Bool {
    switch standings[node] {
    case .authority: writers.contains(.authority)
    case .roles(let roles): writers.contains { writer in roles.allSatisfy(writer.includes) }
    case .held: false
    }
  }
}
