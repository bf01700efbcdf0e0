public import Convergence

/// What one person says of one standard, as a whole or at one location.
///
/// Nobody else can write here.
public struct JudgementSlot: Hashable, Sendable {
  /// How a slot counts when the team's view is worked out.
  public enum Standing: Hashable, Sendable {
    /// Nothing is said, or what was said is withdrawn (C13).
    case nothing

    /// Only a part is said to be not applicable; the rest still needs a judgement (R3).
    case part

    /// The person wrote differing versions on two devices and has not chosen yet. The slot is left
    /// out of agreement and dispute until they do (C15).
    case selfConflict

    /// One outcome for the standard.
    case counts(Outcome)
  }

  /// Whose it is; of people who were joined, the least.
  public let person: PersonID

  /// Everybody who is one human with that person, themselves included, sorted.
  public let people: [PersonID]

  /// What stands in it: one version, or those that the person wrote on several devices at once.
  public let versions: Versions<Judgement>

  /// Describes a slot.
  ///
  /// - Parameters:
  ///   - person: Whose it is.
  ///   - people: Everybody who is one human with that person; `nil` for nobody else.
  ///   - versions: What stands in it.
  public init(
    person: PersonID,
    people: [PersonID]? = nil,
    versions: Versions<Judgement>
  ) {
    self.person = person
    self.people = people ?? [person]
    self.versions = versions
  }

  /// The slots of people who are one human, as one.
  ///
  /// Whatever its author had seen when they wrote in another of the slots, they wrote over: one mind
  /// was changed. What is left of a choice (``Editor/choosing(_:for:at:)``) is no version beside the
  /// one that was chosen. Only what neither had seen of the other is for the person to choose between.
  ///
  /// - Parameters:
  ///   - cells: What stands in each of the slots.
  ///   - joins: Who is one with whom.
  ///   - hasSeen: Whether the author of the later operation had seen the earlier one.
  init(
    _ cells: [(person: PersonID, cell: Cell)],
    _ joins: Joins,
    hasSeen: (_ later: Dot, _ earlier: Dot) -> Bool
  ) {
    let all = cells.flatMap { person, cell in
      Versions(cell, Judgement.init).all.map { (slot: person, version: $0) }
    }
    let current = all.filter { one in
      !all.contains { $0.slot != one.slot && hasSeen($0.version.dot, one.version.dot) }
    }
    let standing = current.filter { one in
      one.version.content.outcome != .notJudged || one.version.cites.isEmpty
        || !current.contains { $0.slot != one.slot && $0.version.content.outcome != .notJudged }
    }
    let person = cells.first?.person ?? .authority
    self.init(
      person: joins.representative(of: person),
      people: joins.all(oneWith: person),
      versions: Versions((cells.count > 1 ? standing : all).map(\.version))
    )
  }

  /// How the slot counts.
  ///
  /// Versions that say exactly the same are no conflict; nor are several that all withdraw.
  public var standing: Standing {
    if versions.all.allSatisfy({ $0.content.outcome == .notJudged }) { return .nothing }
    guard let judgement = versions.only else { return .selfConflict }
    return judgement.coversOnlyPart ? .part : .counts(judgement.outcome)
  }

  /// The judgement that counts; `nil` unless there is one for the standard.
  public var counted: Judgement? {
    guard case .counts = standing else { return nil }
    return versions.only
  }
}
