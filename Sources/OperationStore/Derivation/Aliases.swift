import Convergence
import SyncProtocol

/// Which operations are one although two branches or a successor carry them (sections 3.6, 3.7).
///
/// A device was copied with work in it that was not sealed yet, and both copies sealed it; or a
/// successor took it over. What has the same counter, or former name, and the same content is one
/// operation. The answer depends on the set of operations alone, never on their order.
struct Aliases {
  /// What makes two operations one.
  private struct Identity: Hashable {
    let replica: ReplicaID
    let counter: Int64
    let content: Hash256
  }

  private struct Slot: Hashable {
    let replica: ReplicaID
    let counter: Int64

    init(_ dot: Dot) {
      replica = dot.replica
      counter = dot.counter
    }
  }

  private var identities: [Dot: Identity] = [:]
  private var contents: [Slot: Set<Hash256>] = [:]

  /// How many places each slot has.
  ///
  /// Most have one, and what stands there need not be compared.
  private var rivals: [Slot: Int] = [:]
  private var sealed: [Identity: Branch] = [:]
  private var moved: [Identity: (former: Dot, own: Dot)] = [:]
  private var names: [Dot: Dot] = [:]
  private var places: [Dot: Dot] = [:]

  init(_ steps: [Resolved]) {
    guard steps.contains(where: { $0.operation.dot.branch != .trunk || $0.name != nil }) else {
      return
    }
    // What a successor took over goes by its old name before it is sealed, too.
    let placed = steps.filter { $0.position != nil || $0.name != nil }
    for step in placed {
      for slot in Self.slots(of: step) { rivals[slot, default: 0] += 1 }
    }
    // An operation refers to earlier ones alone, and the log has those before it.
    for step in placed { add(step) }
    for step in placed {
      let dot = step.operation.dot
      let name = name(of: dot)
      if name != dot { names[dot] = name }
      if places[name] == nil { places[name] = dot }
    }
  }

  /// Whether every operation goes by the name of its place.
  var isEmpty: Bool { names.isEmpty }

  private mutating func add(_ step: Resolved) {
    let dot = step.operation.dot
    let hasRival = Self.slots(of: step).contains { rivals[$0] ?? 0 > 1 }
    let content = hasRival ? content(of: step) : Self.onlyOne
    guard let former = step.name else {
      let identity = Identity(replica: dot.replica, counter: dot.counter, content: content)
      identities[dot] = identity
      contents[Slot(dot), default: []].insert(content)
      sealed[identity] = min(sealed[identity] ?? dot.branch, dot.branch)
      return
    }
    let identity = Identity(replica: former.replica, counter: former.counter, content: content)
    identities[dot] = identity
    contents[Slot(former), default: []].insert(content)
    contents[Slot(dot), default: []].insert(content)
    let known = moved[identity] ?? (former, dot)
    moved[identity] = (min(known.former, former), min(known.own, dot))
  }

  /// Where an operation stands, and where it stood first.
  private static func slots(of step: Resolved) -> [Slot] {
    let own = Slot(step.operation.dot)
    guard let former = step.name.map({ Slot($0) }), former != own else { return [own] }
    return [own, former]
  }

  /// What stands for the content of what is alone in its slots.
  private static let onlyOne = Hash256(prefix: .zero, suffix: .zero)

  /// The least name under which an operation was sealed by the replica that wrote it; else, where
  /// nothing else stands under its old name, that one; else its own.
  private func name(of dot: Dot) -> Dot {
    guard let identity = identities[dot] else { return dot }
    if let branch = sealed[identity] {
      return Dot(replica: identity.replica, counter: identity.counter, branch: branch)
    }
    guard let (former, own) = moved[identity] else { return dot }
    let slot = Slot(Dot(replica: identity.replica, counter: identity.counter))
    return contents[slot]?.count == 1 ? former : own
  }

  /// What an operation says, wherever it stands.
  ///
  /// It is the operation without `d` and `was`, with what it refers to in place of its references,
  /// and its clock label. What does not read is like nothing else.
  private func content(of step: Resolved) -> Hash256 {
    let operation = step.operation
    guard let content = step.content, case .map(let map) = content.value,
      let kind = map["k"]?.string, operation.action.isReadable
    else {
      return Hash256.plain(Array("\(operation.dot)".utf8))
    }
    let references = Self.references[kind] ?? []
    let members = map.members.compactMap { member -> Value.Map.Member? in
      guard member.key != "d", member.key != "was" else { return nil }
      guard references.contains(member.key) else { return member }
      let counter = operation.dot.counter
      let value: Value
      if ["over", "cites"].contains(member.key), let list = member.value.list {
        value = .list(list.map { written($0, content, at: counter) })
      } else {
        value = written(member.value, content, at: counter)
      }
      return Value.Map.Member(key: member.key, value: value)
    }
    let whole = Value.list([
      .int(operation.clock), Value.Map(members).map { .map($0) } ?? .list([]),
    ])
    return Hash256.plain(whole.canonical)
  }

  /// A reference as what it refers to; a record's name stays as it is.
  private func written(_ value: Value, _ content: Resolved.Content, at counter: Int64) -> Value {
    guard let identity = content.dot(value, at: counter).flatMap({ identities[$0] }) else {
      return value
    }
    return .list([
      .string(identity.replica.text), .int(identity.counter), .string(identity.content.text),
    ])
  }

  private static let references: [String: [String]] = [
    "set": ["at", "l", "over", "cites"], "add": ["in", "re", "cites"], "inc": ["at", "l"],
    "fix": ["at", "l", "over"], "ins": ["at", "after"],
  ]
}

extension Aliases {
  /// The operation with every name in the form that stands.
  func canonical(_ operation: Operation) -> Operation {
    names.isEmpty ? operation : operation.renamed { names[$0] ?? $0 }
  }

  /// An operation that is written with the names that stand, with the places of those in the log.
  ///
  /// What a successor took over stands in nobody's stream under its old name; a reference needs the
  /// place where it was sealed.
  func placed(_ operation: Operation) -> Operation {
    names.isEmpty ? operation : operation.renamed { places[$0] ?? $0 }
  }

  /// A draft that is written with the names that stand, likewise.
  func placed(_ draft: Draft) -> Draft {
    draft.renamed { places[$0] ?? $0 }
  }
}

extension Draft {
  /// The same draft with other names in it.
  func renamed(_ name: (Dot) -> Dot) -> Draft {
    let cites = cites.map(name)
    return switch action.renamed(name) {
    case .set(let assignment): Draft(assignment, cites: cites)
    case .add(let addition): Draft(addition, cites: cites)
    case .uninterpreted, .inert: self
    }
  }
}

extension Operation {
  /// The same operation with other names in it.
  fileprivate func renamed(_ name: (Dot) -> Dot) -> Operation {
    Operation(
      dot: name(dot),
      person: person,
      clock: clock,
      action: action.renamed(name),
      cites: cites.map(name)
    )
  }
}

extension Operation.Action {
  /// The same action with other names in it.
  fileprivate func renamed(_ name: (Dot) -> Dot) -> Operation.Action {
    func renamed(_ record: RecordID) -> RecordID {
      guard case .item(let dot) = record else { return record }
      return .item(name(dot))
    }
    switch self {
    case .set(let assignment):
      return .set(
        Assignment(
          record: renamed(assignment.record),
          field: assignment.field,
          slot: assignment.slot,
          location: assignment.location.map(name),
          value: assignment.value,
          over: assignment.over.map(name)
        )
      )
    case .add(let addition):
      return .add(
        Addition(
          type: addition.type,
          within: addition.within.map(renamed),
          replyTo: addition.replyTo.map(name),
          fields: addition.fields
        )
      )
    case .uninterpreted, .inert:
      return self
    }
  }
}
