public import Convergence

extension Meaning {
  /// What the operations of an assessment mean: model version 1, the registry of protocol
  /// section 5.
  ///
  /// An operation is judged in this order; the first rule that it breaks decides.
  ///
  /// A `set`:
  /// 1. Its record is of a known type, with an ID where one belongs, or is an item that exists with
  ///    effect: else inert, `record`.
  /// 2. The record has the field: else inert, `field`. A reserved row: uninterpreted.
  /// 3. The slot is there exactly where one belongs and has its form; a location only where one
  ///    may be: else inert, `field`. The location is a location item with effect: else inert,
  ///    `record`.
  /// 4. The author is or was on the visit, inside every cut: else held (``Standing``).
  /// 5. The author's role gives the right: else inert, `role`.
  /// 6. In a row for oneself the slot names the author: else inert, `slot`.
  /// 7. In a row for the author of an item that is who writes: else inert, `author`.
  /// 8. The field takes the value: else inert, `value`.
  ///
  /// An `add`:
  /// 1. Its type is known: else inert, `record`. A reserved type: uninterpreted.
  /// 2. It is in a record that is known, or an item with effect, and one that the type may be in;
  ///    what it answers is an item with effect: else inert, `record`.
  /// 3. The type has every given field: else inert, `field`. A reserved row: uninterpreted. Every
  ///    slot is there exactly where one belongs and has its form: else inert, `field`.
  /// 4. as 4 above. 5. as 5 above, by the type's row and by every given field's.
  /// 6. Every given field takes its value: else inert, `value`.
  ///
  /// What comes in other kinds, or in a shape that cannot be read, was decided before: it is
  /// returned as it came.
  public static let assessment = Meaning(version: 1) { operation, context in
    switch operation.action {
    case .uninterpreted: .uninterpreted
    case .inert(let reason): .inert(reason)
    case .set(let assignment): effect(of: assignment, in: operation, context)
    case .add(let addition): effect(of: addition, in: operation, context)
    }
  }

  private static func effect(
    of assignment: Assignment,
    in operation: Operation,
    _ context: Context
  ) -> Effect {
    let field: FieldRule?
    var author: PersonID?
    switch assignment.record {
    case .named:
      guard let record = Registry.record(assignment.record) else { return .inert(.record) }
      field = record.field(assignment.field)
    case .item(let dot):
      guard let item = context.item(dot), let rule = Registry.item(item.type) else {
        return .inert(.record)
      }
      field = rule.field(assignment.field)
      author = item.author
    }
    guard let field else { return .inert(.field) }
    guard let value = field.value else { return .uninterpreted }
    guard field.slot.allows(assignment.slot) else { return .inert(.field) }
    if let location = assignment.location {
      guard field.takesLocation else { return .inert(.field) }
      guard context.item(location)?.type == "location" else { return .inert(.record) }
    }

    let standing = Standing(of: operation, under: context.authority)
    if standing == .held { return .held }
    guard standing.mayActAs(oneOf: field.writers) else { return .inert(.role) }
    if field.writers.contains(where: \.isOwn), assignment.slot != operation.person.text {
      return .inert(.slot)
    }
    if field.writers.contains(.author), author != operation.person { return .inert(.author) }
    return value.allows(assignment.value) ? .effective : .inert(.value)
  }

  private static func effect(
    of addition: Addition,
    in operation: Operation,
    _ context: Context
  ) -> Effect {
    guard let rule = Registry.item(addition.type) else { return .inert(.record) }
    if rule.isReserved { return .uninterpreted }
    guard let within = addition.within, isRecord(within, for: rule, context) else {
      return .inert(.record)
    }
    if let replyTo = addition.replyTo, context.item(replyTo) == nil { return .inert(.record) }

    var rows: [(field: FieldRule, given: Addition.Field)] = []
    for given in addition.fields {
      guard let field = rule.field(given.name) else { return .inert(.field) }
      rows.append((field, given))
    }
    if rows.contains(where: { $0.field.isReserved }) { return .uninterpreted }
    guard rows.allSatisfy({ $0.field.slot.allows($0.given.slot) }) else { return .inert(.field) }

    let standing = Standing(of: operation, under: context.authority)
    if standing == .held { return .held }
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
