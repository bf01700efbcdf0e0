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

  /// Whether a `was` names an operation of another replica.
  var isFormerName: (Value) -> Bool = { _ in true }

  /// The author's own slot, for which `@` stands; `nil` where slots are written out.
  let ownSlot: String?

  /// The action and the operations cited.
  func read(_ value: Value) -> (action: Operation.Action, cites: [Dot]) {
    guard let kind = value["k"]?.string else { return (.inert(.shape), []) }
    do {
      switch kind {
      case "set":
        let (assignment, cites) = (try assignment(value), try dots("cites", in: value))
        try checkFormerName(value)
        return (.set(assignment), cites)
      case "add":
        let (addition, cites) = (try addition(value), try dots("cites", in: value))
        try checkFormerName(value)
        return (.add(addition), cites)
      case "inc", "fix", "ins":
        // Known kinds of which model 1 has no field: their shape and references are checked.
        _ = try target(value, kind)
        try checkFormerName(value)
        return (.uninterpreted(kind: kind), [])
      default: return (.uninterpreted(kind: kind), [])
      }
    } catch {
      return (.inert(error.reason), [])
    }
  }

  /// The cell that an increment, correction or insertion is about; `nil` for any other kind, and
  /// where it does not read.
  func target(_ value: Value) -> Assignment? {
    guard let kind = value["k"]?.string, ["inc", "fix", "ins"].contains(kind) else { return nil }
    return try? target(value, kind)
  }

  private func target(_ value: Value, _ kind: String) throws(Refusal) -> Assignment {
    let isInsertion = kind == "ins"
    try checkShape(
      value,
      references: isInsertion ? ["after"] : ["l"],
      lists: kind == "fix" ? ["over"] : []
    )
    guard let at = value["at"], isRecord(at), let field = value["f"]?.string,
      CellKey.isField(field), isInsertion || value["s"].map(Self.isSlot) ?? true,
      Self.hasMembers(of: kind, value)
    else { throw Refusal(reason: .shape) }
    let record = try record(at)
    for key in ["after"] where isInsertion {
      if let reference = value[key] { _ = try resolve(reference) }
    }
    let location = isInsertion ? nil : value["l"]
    let target = Assignment(
      record: record,
      field: field,
      location: try location.map { (reference) throws(Refusal) in try resolve(reference) },
      value: .bool(false)
    )
    if kind == "fix" { _ = try dots("over", in: value) }
    return target
  }

  private static func isSlot(_ value: Value) -> Bool { value.string.map(CellKey.isSlot) ?? false }

  private static func hasMembers(of kind: String, _ value: Value) -> Bool {
    switch kind {
    case "inc":
      guard let by = value["by"]?.int else { return false }
      return by != 0 && abs(by) <= Limits.greatestIncrement
    case "fix":
      guard let to = value["to"]?.int else { return false }
      return to >= 0 && value["v"]?["because"]?.string != nil
    default:
      guard case .map? = value["v"] else { return false }
      return ["L", "R"].contains(value["side"]?.string)
    }
  }

  private func checkFormerName(_ value: Value) throws(Refusal) {
    guard let was = value["was"] else { return }
    guard isFormerName(was) else { throw Refusal(reason: .reference) }
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
    for key in references + ["was"] {
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
    !text.isEmpty && text.utf8.allSatisfy { (97...122).contains($0) || $0 == UInt8(ascii: "-") }
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
