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
  ///    author, or whom the author is joined with (``Joins``): else inert, `slot`.
  /// 6. In a row for the author of an item that is who writes, or who is joined with them: else
  ///    inert, `author`.
  /// 7. The author's role gives the right: else inert, `role`.
  /// 8. The field takes the value: else inert, `value`.
  public static let assessment = Meaning(
    version: 1,
    authorKeys: Standing.keys,
    authorRights: Standing.plainRights
  ) { operation, context in
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
    let key = assignment.key
    let field: FieldRule?
    var itemAuthor: PersonID?
    switch key.record {
    case .named(let name):
      guard let record = Registry.record(named: name) else { return .inert(.record) }
      field = record.field(key.field)
    case .item(let dot):
      guard let item = context.item(dot), let rule = Registry.item(item.type) else {
        return context.uninterpreted.contains(dot) ? .uninterpreted : .inert(.record)
      }
      field = rule.field(key.field)
      itemAuthor = item.author
    }
    let location = key.location
    if let location, context.item(location)?.type != "location" {
      return context.uninterpreted.contains(location) ? .uninterpreted : .inert(.record)
    }
    guard let field else { return .inert(.field) }
    guard let value = field.value else { return .uninterpreted }
    if let refusal = check(
      key.slot,
      of: field,
      hasLocation: location != nil,
      context.author
    ) {
      return refusal
    }
    if field.writers.contains(.author), itemAuthor != context.author.person,
      !context.author.isOne(with: itemAuthor)
    {
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
    let isOwn = field.slot == .person && slot == author.ownSlot
    guard isOwn || field.slot.allows(slot), !hasLocation || field.takesLocation else {
      return .inert(.slot)
    }
    if !isOwn, field.writers.overlaps(.own), !author.isOne(with: PersonID(text: slot)) {
      return .inert(.slot)
    }
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
    var mayWrite = standing.mayActAs(oneOf: rule.adders)
    var isEveryValueAllowed = true
    for index in addition.fields.indices {
      guard let field = rule.field(addition.fields[index].name) else { return .inert(.field) }
      guard let value = field.value else { return .uninterpreted }
      if let refusal = check(
        addition.fields[index].slot,
        of: field,
        hasLocation: false,
        context.author
      ) {
        return refusal
      }
      mayWrite = mayWrite && standing.mayActAs(oneOf: field.writers)
      isEveryValueAllowed = isEveryValueAllowed && value.allows(addition.fields[index].value)
    }
    guard mayWrite else { return .inert(.role) }
    return isEveryValueAllowed ? .effective : .inert(.value)
  }

  private static func isRecord(
    _ record: RecordID,
    for rule: ItemRule,
    _ context: Context
  ) -> Bool {
    if let within = rule.within {
      guard case .named(let name) = record else { return false }
      return name.isSame(as: within)
    }
    switch record {
    case .named(let name): return Registry.record(named: name) != nil
    case .item(let dot): return context.item(dot) != nil
    }
  }
}

extension Meaning.Author {
  /// Whether somebody else is the same human, enrolled twice.
  ///
  /// It is asked only where an author writes what is not their own, so nobody pays for it who does
  /// not.
  func isOne(with other: PersonID?) -> Bool {
    guard let other else { return false }
    return Joins(authority).areOne(person, other)
  }
}
