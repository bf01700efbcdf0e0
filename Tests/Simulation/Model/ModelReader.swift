import Convergence
import SyncProtocol

/// Reads one operation as section 4 writes it: first its shape, then its references, then `was`.
struct ModelReader {
  /// What was found wrong.
  private struct Refusal: Error { let reason: InertReason }

  /// What was read of one operation.
  struct Reading: Sendable {
    let statement: ModelStatement

    /// The clock label.
    let clock: Int64

    /// What `was` says, for an operation that reads.
    let formerName: Dot?
  }

  private let log: ModelLog
  private let people: [ReplicaID: PersonID]
  private let node: Int

  /// Reads an operation of a log.
  static func read(_ node: Int, in log: ModelLog, people: [ReplicaID: PersonID]) -> Reading {
    ModelReader(log: log, people: people, node: node).reading
  }

  private var reading: Reading {
    let batch = log.batches[log.nodes[node].batch].content
    guard batch.isOfThisVersion else {
      return Reading(statement: .unknown, clock: 0, formerName: nil)
    }
    let operation = batch.operations[log.nodes[node].index]
    func broken(_ reason: InertReason) -> Reading {
      Reading(statement: .broken(reason), clock: batch.clock, formerName: nil)
    }
    guard let kind = operation["k"]?.string else { return broken(.shape) }
    guard ["set", "add", "inc", "fix", "ins"].contains(kind) else {
      return Reading(statement: .unknown, clock: batch.clock, formerName: nil)
    }
    let offset = operation["d"] ?? .int(0)
    guard let clock = offset.int.map({ batch.clock + $0 }),
      abs(clock) <= Limits.greatestInteger
    else { return broken(.shape) }
    do {
      try checkShape(operation, kind)
      let statement = try statement(operation, kind)
      let formerName = try formerName(operation)
      return Reading(statement: statement, clock: clock, formerName: formerName)
    } catch {
      return broken(error.reason)
    }
  }

  // MARK: Shape

  /// Section 4.4, the members that a kind uses; all others are ignored.
  private func checkShape(_ operation: Value, _ kind: String) throws(Refusal) {
    let fits: Bool
    switch kind {
    case "set":
      fits =
        hasTarget(operation) && operation["v"] != nil && isList("over", operation)
        && isList("cites", operation)
    case "add":
      fits =
        isType(operation["of"]) && isAbsentOr("in", operation, Self.isRecord)
        && isAbsentOr("re", operation, Self.isReference) && isList("cites", operation)
        && areFields(operation["v"])
    case "inc":
      let by = operation["by"]?.int ?? 0
      fits = hasTarget(operation) && by != 0 && abs(by) <= Limits.greatestIncrement
    case "fix":
      // `because` may here be any text, of any length: so do all implementations.
      fits =
        hasTarget(operation) && operation["to"]?.int ?? -1 >= 0 && isList("over", operation)
        && operation["v"]?["because"]?.string != nil
    default:
      var isObject = false
      if case .map? = operation["v"] { isObject = true }
      fits =
        hasField(operation) && isAbsentOr("after", operation, Self.isReference) && isObject
        && ["L", "R"].contains(operation["side"]?.string)
    }
    guard fits, isAbsentOr("was", operation, Self.isReference) else {
      throw Refusal(reason: .shape)
    }
  }

  private func hasField(_ operation: Value) -> Bool {
    (operation["at"].map(Self.isRecord) ?? false)
      && (operation["f"]?.string.map(Self.isField) ?? false)
  }

  private func hasTarget(_ operation: Value) -> Bool {
    hasField(operation) && isAbsentOr("l", operation, Self.isReference)
      && isAbsentOr("s", operation) { $0.string.map(Self.isSlot) ?? false }
  }

  private func isAbsentOr(_ key: String, _ operation: Value, _ fits: (Value) -> Bool) -> Bool {
    operation[key].map(fits) ?? true
  }

  private func isList(_ key: String, _ operation: Value) -> Bool {
    isAbsentOr(key, operation) { value in
      guard let list = value.list else { return false }
      return list.count <= Limits.referencesPerOperation && list.allSatisfy(Self.isReference)
    }
  }

  private func areFields(_ value: Value?) -> Bool {
    guard case .map(let map)? = value else { return false }
    return map.members.allSatisfy { member in
      let parts = Self.parts(member.key)
      return Self.isField(parts.field) && (parts.slot.map(Self.isSlot) ?? true)
    }
  }

  private static func isReference(_ value: Value) -> Bool {
    if value.int != nil { return true }
    guard let parts = value.list, parts.count == 2 else { return false }
    return parts[0].int != nil && parts[1].int != nil
  }

  private static func isRecord(_ value: Value) -> Bool {
    isReference(value) || (value.string.map(isRecordName) ?? false)
  }

  /// Section 4.3: a type, and an ID behind a colon where one is given.
  private static func isRecordName(_ name: String) -> Bool {
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    // No text limits the length of a type but that of the implementations: 32.
    return parts[0].utf8.count <= 32 && isTypeName(parts[0])
      && (parts.count == 1 || isID(String(parts[1])))
  }

  private func isType(_ value: Value?) -> Bool {
    value?.string.map { Self.isTypeName($0[...]) } ?? false
  }

  private static func isTypeName(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz-".utf8.contains($0) }
  }

  /// 1 to 96 bytes of `!` to `~` without `|` and `:`.
  static func isID(_ text: String) -> Bool { isSlot(text) && !text.utf8.contains(58) }

  private static func isField(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789-".utf8.contains($0) }
  }

  private static func isSlot(_ text: String) -> Bool {
    (1...96).contains(text.utf8.count)
      && text.utf8.allSatisfy { (33...126).contains($0) && $0 != 124 }
  }

  /// `field` or `field/slot`.
  private static func parts(_ key: String) -> (field: String, slot: String?) {
    guard let slash = key.firstIndex(of: "/") else { return (key, nil) }
    return (String(key[..<slash]), String(key[key.index(after: slash)...]))
  }

  // MARK: References

  private func statement(_ operation: Value, _ kind: String) throws(Refusal) -> ModelStatement {
    switch kind {
    case "set":
      return .set(
        try target(operation, hasLocation: true),
        value: operation["v"] ?? .bool(false),
        over: try targets("over", operation),
        cites: try targets("cites", operation)
      )
    case "add":
      var given: [ModelStatement.Given] = []
      if case .map(let map)? = operation["v"] {
        given = map.members.map { member in
          let parts = Self.parts(member.key)
          return .init(field: parts.field, slot: parts.slot ?? "", value: member.value)
        }
      }
      return .add(
        type: operation["of"]?.string ?? "",
        within: try operation["in"].map(record),
        replyTo: try operation["re"].map(resolve),
        given: given,
        cites: try targets("cites", operation)
      )
    default:
      let isInsertion = kind == "ins"
      if isInsertion { _ = try operation["after"].map(resolve) }
      if kind == "fix" { _ = try targets("over", operation) }
      return .count(try target(operation, hasLocation: !isInsertion))
    }
  }

  private func target(
    _ operation: Value,
    hasLocation: Bool
  ) throws(Refusal) -> ModelStatement.Target {
    let slot = operation["s"]?.string ?? ""
    return ModelStatement.Target(
      record: try record(operation["at"] ?? .bool(false)),
      field: operation["f"]?.string ?? "",
      slot: slot == "@" ? log.person(node).text : slot,
      location: hasLocation ? try operation["l"].map(resolve) : nil
    )
  }

  private func record(_ value: Value) throws(Refusal) -> ModelStatement.Record {
    if let name = value.string { return .named(name) }
    return .item(try resolve(value))
  }

  private func resolve(_ value: Value) throws(Refusal) -> Int {
    guard let target = log.target(of: value, from: node) else { throw Refusal(reason: .reference) }
    return target
  }

  private func targets(_ key: String, _ operation: Value) throws(Refusal) -> [Int] {
    var targets: [Int] = []
    for reference in operation[key]?.list ?? [] { targets.append(try resolve(reference)) }
    return targets
  }

  private func formerName(_ operation: Value) throws(Refusal) -> Dot? {
    guard let was = operation["was"] else { return nil }
    guard let name = log.formerName(was, in: log.nodes[node].batch) else {
      throw Refusal(reason: .reference)
    }
    guard people[name.replica] == log.person(node) else { throw Refusal(reason: .author) }
    return name
  }
}
