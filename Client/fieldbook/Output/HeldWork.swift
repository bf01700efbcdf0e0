import AssessmentModel
import Convergence
import OperationStore

/// Changes that are held without effect: whose, how many, and why.
struct HeldWork {
  /// What one person's changes are held for.
  struct Group {
    let person: PersonID
    let why: HoldReason
    var operations: Int64
  }

  private(set) var groups: [Group] = []

  /// Nothing is held.
  init() {}

  /// Gathers what is held, by person, in the order of the history.
  ///
  /// - Parameters:
  ///   - entries: The history of a visit.
  ///   - authority: What the server's own operations say of it.
  init(_ entries: [OperationStore.HistoryEntry], under authority: Authority) {
    for entry in entries {
      guard let why = entry.whyHeld(under: authority) else { continue }
      let person = entry.operation.person
      let index = groups.firstIndex { $0.person == person && $0.why == why }
      if let index {
        groups[index].operations += 1
      } else {
        groups.append(Group(person: person, why: why, operations: 1))
      }
    }
  }

  /// A line for each person, for people.
  func lines(in view: VisitView) -> [String] {
    groups.map { group in
      Wrap.indented(
        "\(Words.count(group.operations, "change")) by \(view.name(of: group.person)): "
          + group.why.words,
        by: 4,
        first: "  "
      )
    }
  }

  /// The same for programs.
  func value(in view: VisitView) -> Value {
    .list(
      groups.map { group in
        .object([
          "name": .string(view.name(of: group.person)), "operations": .int(group.operations),
          "person": .string(group.person.text), "why": .string(group.why.rawValue),
        ])
      }
    )
  }
}

extension OperationStore.HistoryEntry {
  /// Why an operation is held; `nil` where it is not.
  func whyHeld(under authority: Authority) -> HoldReason? {
    guard effect == .held else { return nil }
    return HoldReason(of: operation.dot, by: operation.person, under: authority)
  }

  /// The words for why an operation has no effect; `nil` where it has.
  func withoutEffect(under authority: Authority) -> String? {
    guard let effect, effect != .effective else { return nil }
    guard let why = whyHeld(under: authority) else { return Words.effect(effect) }
    return why.canBeReleased
      ? "held until a person releases it: \(why.words)" : "held: \(why.words)"
  }
}
