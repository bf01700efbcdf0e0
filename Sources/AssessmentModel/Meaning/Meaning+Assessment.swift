public import Convergence

extension Meaning {
  /// What the operations of an assessment mean: model version 1, the registry of protocol
  /// section 5.
  ///
  /// An operation is judged in this order; the first rule that it breaks decides.
  ///
  /// 1. The author is or was on the visit, inside every cut: else held (``Standing``).
  /// 2. The kind is known: else uninterpreted. It has the shape, and its references resolve: else
  ///    inert, `shape` or `reference`.
  /// 3. A `set` is about a record of a known type, with an ID where one belongs, or an item that
  ///    exists with effect; an `add` is of a known type, in such a record and one that the type
  ///    may be in, in answer to such an item: else inert, `record`. What is about an operation
  ///    that is not interpreted, or of a reserved type, is uninterpreted.
  /// 4. A location is a location item with effect: else inert, `record`.
  /// 5. The record has the field, for an `add` every field in the order of their keys: else inert,
  ///    `field`. A reserved row: uninterpreted. The slot is there exactly where one belongs and has
  ///    its form, a location only where one may be, and in a row for oneself the slot names the
  ///    author: else inert, `slot`.
  /// 6. In a row for the author of an item that is who writes: else inert, `author`.
  /// 7. The author's role gives the right: else inert, `role`.
  /// 8. The field takes the value: else inert, `value`.
  public static let assessment = Meaning(version: 1, authorKeys: Standing.keys) {
    operation,
    context in
    let standing = Standing(
      of: operation.dot,
      by: context.author,
      under: context.authority
    )
    if standing == .held { return .held }
    return switch operation.action {
    case .uninterpreted: .uninterpreted
    case .inert(let reason): .inert(reason)
    case .set(let assignment): effect(of: assignment, standing, context)
    case .add(let addition): effect(of: addition, standing, context)
    }
  }

  private static func effect(
    of assignment: Assignment,
    _ standing: Standing,
    _ context: Context
  ) -> Effect {
    let field: FieldRule?
    var itemAuthor: PersonID?
    switch assignment.record {
    case .named:
      guard let record = Registry.record(assignment.record) else { return .inert(.record) }
      field = record.field(assignment.field)
    case .item(let dot):
      guard let item = context.item(dot), let rule = Registry.item(item.type) else {
        return context.uninterpreted.contains(dot) ? .uninterpreted : .inert(.record)
      }
      field = rule.field(assignment.field)
      itemAuthor = item.author
    }
    if let location = assignment.location, context.item(location)?.type != "location" {
      return context.uninterpreted.contains(location) ? .uninterpreted : .inert(.record)
    }
    guard let field else { return .inert(.field) }
    guard let value = field.value else { return .uninterpreted }
    if let refusal = check(
      assignment.slot,
      of: field,
      hasLocation: assignment.location != nil,
      context.author
    ) {
      return refusal
    }
    if field.writers.contains(.author), itemAuthor != context.author.person {
      return .inert(.author)
    }
    guard standing.mayActAs(oneOf: field.writers) else { return .inert(.role) }
    return value.allows(assignment.value) ? .effective : .inert(.value)
  }

  /// Step 5 behind the field itself; `nil` where nothing is wrong.
  private static func check(
    _ slot: String,
    of field: FieldRule,
    hasLocation: Bool,
    _ author: Author
  ) -> Effect? {
    let isOwn = slot == author.ownSlot && field.slot == .person
    guard isOwn || field.slot.allows(slot), !hasLocation || field.takesLocation else {
      return .inert(.slot)
    }
    if !isOwn, field.writers.contains(where: \.isOwn) { return .inert(.slot) }
    return nil
  }

  private static func effect(
    of addition: Addition,
    _ standing: Standing,
    _ context: Context
  ) -> Effect {
    guard let rule = Registry.item(addition.type) else { return .inert(.record) }
    if rule.isReserved { return .uninterpreted }
    guard let within = addition.within else { return .inert(.record) }
    if let dot = within.item, context.uninterpreted.contains(dot) { return .uninterpreted }
    guard isRecord(within, for: rule, context) else { return .inert(.record) }
    if let replyTo = addition.replyTo, context.item(replyTo) == nil {
      return context.uninterpreted.contains(replyTo) ? .uninterpreted : .inert(.record)
    }
    var rows: [(field: FieldRule, given: Addition.Field)] = []
    for given in addition.fields {
      guard let field = rule.field(given.name) else { return .inert(.field) }
      if field.isReserved { return .uninterpreted }
      if let refusal = check(given.slot, of: field, hasLocation: false, context.author) {
        return refusal
      }
      rows.append((field, given))
    }
    guard standing.mayActAs(oneOf: [rule.adder]),
      rows.allSatisfy({ standing.mayActAs(oneOf: $0.field.writers) })
    else { return .inert(.role) }
    let isEveryValueAllowed = rows.allSatisfy { row in
      row.field.value?.allows(row.given.value) ?? false
    }
    return isEveryValueAllowed ? .effective : .inert(.value)
  }

  private static func isRecord(
    _ record: RecordID,
    for rule: ItemRule,
    _ context: Context
  ) -> Bool {
    if let within = rule.within { return record == .named(within) }
    switch record {
    case .named: return Registry.record(record) != nil
    case .item(let dot): return context.item(dot) != nil
    }
  }
}
