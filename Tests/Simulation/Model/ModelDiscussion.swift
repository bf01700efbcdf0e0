package import Convergence

/// What stands about one standard as a whole, or at one location: the plain rule of who differs.
package struct ModelDiscussion: Hashable, Sendable {
  /// What a person's slot says.
  package enum Word: Hashable, Sendable {
    /// Nothing was said, or all of it was taken back (C13).
    case nothing

    /// A part is not applicable, and the rest is not judged (R3).
    case part

    /// The person says several things, from several devices: left out of agreement and dispute.
    case several

    /// One outcome.
    case outcome(String)
  }

  /// What resolutions make of it.
  package enum Settlement: Hashable, Sendable {
    /// None stands.
    case none

    /// One stands, and considered everything that is said now.
    case settled(String)

    /// One stands, and something is said that it did not consider.
    case stale

    /// Several stand.
    case contested
  }

  /// That one person had seen what another said, of two whose outcomes differ (C04).
  package struct Awareness: Hashable, Comparable, Sendable {
    /// Who had seen.
    package let person: PersonID

    /// Whose judgement they had seen.
    package let hadSeen: PersonID

    /// Records who had seen whom.
    package init(person: PersonID, hadSeen: PersonID) {
      self.person = person
      self.hadSeen = hadSeen
    }

    /// Orders by who had seen, then whose judgement.
    package static func < (left: Awareness, right: Awareness) -> Bool {
      left.person == right.person ? left.hadSeen < right.hadSeen : left.person < right.person
    }
  }

  /// The ID of the standard.
  package let standard: String

  /// The location; `nil` for the whole standard.
  package let location: Dot?

  /// What each person says, by person; only those who ever wrote a judgement here.
  package let words: [PersonID: Word]

  /// What resolutions make of it.
  package let settlement: Settlement

  /// Of those who differ, who had seen whom, sorted.
  package let awareness: [Awareness]

  /// The outcomes that count, each once, sorted.
  package var outcomes: [String] {
    let counted = words.values.compactMap { word -> String? in
      guard case .outcome(let outcome) = word else { return nil }
      return outcome
    }
    return Set(counted).sorted()
  }

  /// Whether at least two people say different things, settled or not.
  package var isDisagreement: Bool { outcomes.count > 1 }

  /// Who has to choose between versions of their own, sorted.
  package var selfConflicts: [PersonID] {
    words.filter { $0.value == .several }.keys.sorted()
  }

  /// How a view has to name the place.
  package var name: String {
    switch settlement {
    case .contested: "contested"
    case .stale: "stale"
    case .settled: "resolved"
    case .none where isDisagreement: "disputed"
    case .none where !selfConflicts.isEmpty: "self-conflict"
    case .none:
      switch words.values.count(where: { if case .outcome = $0 { true } else { false } }) {
      case 0: "not-judged"
      case 1: "one-view"
      default: "agreed"
      }
    }
  }

  /// The place in words.
  package var place: String {
    location.map { "standard \(standard) at \($0)" } ?? "standard \(standard)"
  }
}
