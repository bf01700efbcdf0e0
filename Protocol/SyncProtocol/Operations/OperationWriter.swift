import Convergence

/// Writes one operation object (section 4.4); the counterpart of ``OperationReader``.
struct OperationWriter {
  /// The author's own slot, for which `@` is written; `nil` to write every slot out.
  var ownSlot: String?

  /// How a reference to a dot is written.
  var reference: (Dot) -> Value

  /// How the first name of a moved operation is written, where that is not as any reference is.
  var formerName: ((Dot) -> Value)?

  /// The members of the object in the order of the specification.
  ///
  /// - Parameters:
  ///   - draft: What is written.
  ///   - offset: Its clock label against the base of the batch; 0 is left out.
  ///   - was: The first name of a moved operation. What it writes over keeps its order then: another
  ///     order would be another content (section 3.7).
  /// - Returns: `nil` for an action that no program of this version makes.
  func members(_ draft: Draft, offset: Int64, was: Dot? = nil) -> [(key: String, value: Value)]? {
    var members: [(key: String, value: Value)] = []
    switch draft.action {
    case .set(let assignment):
      members = [("k", .string("set")), ("at", record(assignment.record))]
      members.append(("f", .string(assignment.field)))
      if !assignment.slot.isEmpty {
        members.append(("s", .string(assignment.slot == ownSlot ? "@" : assignment.slot)))
      }
      if let location = assignment.location { members.append(("l", reference(location))) }
      members.append(("v", assignment.value))
      if !assignment.over.isEmpty {
        let over = was == nil ? assignment.over.sorted() : assignment.over
        members.append(("over", .list(over.map(reference))))
      }
    case .add(let addition):
      members = [("k", .string("add")), ("of", .string(addition.type))]
      if let within = addition.within { members.append(("in", record(within))) }
      if let replyTo = addition.replyTo { members.append(("re", reference(replyTo))) }
      guard let fields = fields(addition.fields) else { return nil }
      members.append(("v", fields))
    case .uninterpreted, .inert:
      return nil
    }
    if !draft.cites.isEmpty {
      members.append(("cites", .list(draft.cites.map(reference))))
    }
    if let was { members.append(("was", formerName?(was) ?? reference(was))) }
    if offset != 0 { members.append(("d", .int(offset))) }
    return members
  }

  private func record(_ record: RecordID) -> Value {
    switch record {
    case .named(let name): .string(name)
    case .item(let dot): reference(dot)
    }
  }

  private func fields(_ fields: [Addition.Field]) -> Value? {
    let members = fields.map { field in
      Value.Map.Member(
        key: field.slot.isEmpty ? field.name : "\(field.name)/\(field.slot)",
        value: field.value
      )
    }
    return Value.Map(members).map { .map($0) }
  }
}
