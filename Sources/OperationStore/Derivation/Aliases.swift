import Convergence

/// Which operations are one although two branches or a successor carry them (sections 3.6, 3.7).
///
/// A device was copied with work in it that was not sealed yet, and both copies sealed it; or a
/// successor took it over. What has the same counter, or former name, and the same content is one
/// operation, wherever it came first. The answer depends on the set of operations alone.
struct Aliases {
  private var names: [Dot: Dot] = [:]
  private var repeated: Set<Dot> = []

  init(_ steps: [Resolved]) {
    let forked = Set(
      steps.filter { $0.operation.dot.branch != .trunk }.map(\.operation.dot.replica)
    )
    let moved = steps.contains { $0.name != nil }
    guard !forked.isEmpty || moved else { return }
    var candidates: [Dot: [Resolved]] = [:]
    for step in steps {
      let dot = step.operation.dot
      if let name = step.name {
        candidates[Dot(replica: name.replica, counter: name.counter), default: []].append(step)
      } else {
        candidates[Dot(replica: dot.replica, counter: dot.counter), default: []].append(step)
      }
    }
    // In the order of counters, so that an operation that refers to an aliased one is compared
    // under the name that stands.
    for name in candidates.keys.sorted(by: { ($0.counter, $0.replica) < ($1.counter, $1.replica) })
    {
      settle(candidates[name] ?? [], named: name)
    }
  }

  private mutating func settle(_ steps: [Resolved], named name: Dot) {
    var settled: [(content: Operation, dot: Dot)] = []
    let inOrder = steps.sorted { left, right in
      // Those that bear the name themselves come first, then by branch.
      (left.name == nil ? 0 : 1, left.operation.dot) < (
        right.name == nil ? 0 : 1, right.operation.dot
      )
    }
    for step in inOrder {
      let content = canonical(step.operation).renamed(name)
      if let same = settled.first(where: { $0.content == content }) {
        names[step.operation.dot] = same.dot
        repeated.insert(step.operation.dot)
      } else {
        let isFree = settled.isEmpty && step.name != nil
        let dot = isFree ? name : step.operation.dot
        if dot != step.operation.dot { names[step.operation.dot] = dot }
        settled.append((content, dot))
      }
    }
  }

  /// Whether the operation of this name is the same as one that stands elsewhere.
  func isRepeated(_ dot: Dot) -> Bool { repeated.contains(dot) }

  /// The operation with every name in the form that stands.
  func canonical(_ operation: Operation) -> Operation {
    guard !names.isEmpty else { return operation }
    let action: Operation.Action
    switch operation.action {
    case .set(let assignment):
      action = .set(
        Assignment(
          record: canonical(assignment.record),
          field: assignment.field,
          slot: assignment.slot,
          location: assignment.location.map(canonical),
          value: assignment.value,
          over: assignment.over.map(canonical)
        )
      )
    case .add(let addition):
      action = .add(
        Addition(
          type: addition.type,
          within: addition.within.map(canonical),
          replyTo: addition.replyTo.map(canonical),
          fields: addition.fields
        )
      )
    case .uninterpreted, .inert:
      action = operation.action
    }
    return Operation(
      dot: canonical(operation.dot),
      person: operation.person,
      clock: operation.clock,
      action: action,
      cites: operation.cites.map(canonical)
    )
  }

  private func canonical(_ dot: Dot) -> Dot { names[dot] ?? dot }

  private func canonical(_ record: RecordID) -> RecordID {
    guard case .item(let dot) = record else { return record }
    return .item(canonical(dot))
  }
}

extension Operation {
  /// The same content under another name.
  fileprivate func renamed(_ dot: Dot) -> Operation {
    Operation(dot: dot, person: person, clock: clock, action: action, cites: cites)
  }
}
