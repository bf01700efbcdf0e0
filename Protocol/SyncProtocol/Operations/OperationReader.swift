import Convergence

/// Reads one operation object into an action (section 4.4).
///
/// The same grammar stands in a sealed batch, where references are indices, and in a device's open
/// batch, where they are written out; the caller says how to read one.
struct OperationReader {
  /// What a reading came to nothing for.
  private struct Refusal: Error {
    let reason: InertReason
  }

  /// Whether a value has the shape of a reference.
  let isReference: (Value) -> Bool

  /// The dot that a value of that shape names; `nil` where it leads nowhere.
  let dot: (Value) -> Dot?

  /// The author's own slot, for which `@` stands; `nil` where slots are written out.
  let ownSlot: String?

  /// The action and the operations cited.
  func read(_ value: Value) -> (action: Operation.Action, cites: [Dot]) {
    guard let kind = value["k"]?.string else { return (.inert(.shape), []) }
    do {
      switch kind {
      case "set": return (.set(try assignment(value)), try dots("cites", in: value))
      case "add": return (.add(try addition(value)), try dots("cites", in: value))
      default: return (.uninterpreted(kind: kind), [])
      }
    } catch {
      return (.inert(error.reason), [])
    }
  }

  private func assignment(_ value: Value) throws(Refusal) -> Assignment {
    // Shape first, references after: a second reader must come to the same reason.
    try checkShape(value, references: ["l"], lists: ["over", "cites"])
    guard let at = value["at"], isRecord(at), let written = value["v"],
      let field = value["f"]?.string, CellKey.isField(field)
    else { throw Refusal(reason: .shape) }
    var slot = ""
    if let given = value["s"] {
      guard let text = given.string, CellKey.isSlot(text) else { throw Refusal(reason: .shape) }
      slot = text == "@" ? ownSlot ?? text : text
    }
    return Assignment(
      record: try record(at),
      field: field,
      slot: slot,
      location: try value["l"].map { (reference) throws(Refusal) in try resolve(reference) },
      value: written,
      over: try dots("over", in: value)
    )
  }

  private func addition(_ value: Value) throws(Refusal) -> Addition {
    try checkShape(value, references: ["re"], lists: ["cites"])
    guard let type = value["of"]?.string, Self.isType(type), case .map(let given)? = value["v"]
    else { throw Refusal(reason: .shape) }
    if let within = value["in"], !isRecord(within) { throw Refusal(reason: .shape) }
    var fields: [Addition.Field] = []
    for member in given.members {
      let parts = member.key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      guard CellKey.isField(parts[0]), parts.count == 1 || CellKey.isSlot(parts[1]) else {
        throw Refusal(reason: .shape)
      }
      fields.append(
        Addition.Field(
          name: String(parts[0]),
          slot: parts.count == 2 ? String(parts[1]) : "",
          value: member.value
        )
      )
    }
    return Addition(
      type: type,
      within: try value["in"].map { (within) throws(Refusal) in try record(within) },
      replyTo: try value["re"].map { (reference) throws(Refusal) in try resolve(reference) },
      fields: fields
    )
  }

  private func checkShape(
    _ value: Value,
    references: [String],
    lists: [String]
  ) throws(Refusal) {
    for key in references {
      if let reference = value[key], !isReference(reference) { throw Refusal(reason: .shape) }
    }
    for key in lists {
      guard let given = value[key] else { continue }
      guard let list = given.list, list.count <= Limits.referencesPerOperation,
        list.allSatisfy(isReference)
      else { throw Refusal(reason: .shape) }
    }
  }

  private func isRecord(_ value: Value) -> Bool {
    if isReference(value) { return true }
    guard let text = value.string, text.utf8.first != UInt8(ascii: "#") else { return false }
    return RecordID(text: text) != nil
  }

  private static func isType(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { (97...122).contains($0) || $0 == UInt8(ascii: "-") }
  }

  private func record(_ value: Value) throws(Refusal) -> RecordID {
    if isReference(value) { return .item(try resolve(value)) }
    guard let text = value.string, let record = RecordID(text: text) else {
      throw Refusal(reason: .shape)
    }
    return record
  }

  private func resolve(_ value: Value) throws(Refusal) -> Dot {
    guard let dot = dot(value) else { throw Refusal(reason: .reference) }
    return dot
  }

  private func dots(_ key: String, in value: Value) throws(Refusal) -> [Dot] {
    var dots: [Dot] = []
    for reference in value[key]?.list ?? [] {
      dots.append(try resolve(reference))
    }
    return dots
  }
}
