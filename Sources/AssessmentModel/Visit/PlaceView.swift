public import Convergence

/// What is said of one standard, as a whole or at one location.
///
/// The two are never compared: judgements of locations are facts about places, and the judgement of
/// the whole is a person's, not their sum (C12, R7).
public struct PlaceView: Hashable, Sendable {
  /// The location item; `nil` for the whole.
  public let location: Dot?

  /// Everybody's slots, by person; only those that were ever written.
  public let slots: [JudgementSlot]

  /// The resolutions; several stand side by side until somebody settles again.
  public let resolutions: Versions<Resolution>

  /// What the team makes of it.
  public let teamView: TeamView

  /// Where people differ: who had seen whom.
  public let awareness: [Awareness]

  package init(
    location: Dot?,
    slots: [JudgementSlot],
    resolutions: Versions<Resolution>,
    hasSeen: (_ later: Dot, _ earlier: Dot) -> Bool
  ) {
    self.location = location
    self.slots = slots
    self.resolutions = resolutions
    teamView = TeamView(slots: slots, resolutions: resolutions)
    awareness = Self.awareness(in: slots, hasSeen: hasSeen)
  }

  /// The slot of a person, if they ever wrote there, or somebody who was joined with them.
  public func slot(of person: PersonID) -> JudgementSlot? {
    slots.first { $0.people.contains(person) }
  }

  /// The judgements that a resolution did not consider: why it is stale.
  public func judgements(notCoveredBy resolution: Written<Resolution>) -> [Written<Judgement>] {
    slots.flatMap(\.versions.all).filter { !TeamView.isCovered($0, by: resolution) }
  }

  /// Whether a resolution was written by somebody who judged the same thing.
  ///
  /// It is valid, and to be marked as unverified until somebody else agrees with it (R22).
  public func isUnverified(_ resolution: Written<Resolution>) -> Bool {
    slot(of: resolution.author).map { $0.standing != .nothing } ?? false
  }

  /// Whether somebody says, or the team settled, that it is not applicable and not why (C10).
  public var isIncomplete: Bool {
    resolutions.all.contains { $0.content.isIncomplete }
      || slots.contains { slot in slot.versions.all.contains { $0.content.isIncomplete } }
  }

  /// Whether anybody has judged, whatever became of it.
  public var isJudged: Bool { slots.contains { $0.standing != .nothing } }

  /// Whether what the team stands by is not applicable, with a reason.
  package var isSettledNotApplicable: Bool {
    guard teamView.settledOutcome == .notApplicable else { return false }
    return resolutions.all.contains { $0.content.reason != nil }
      || slots.contains { $0.counted?.reason != nil }
  }

  private static func awareness(
    in slots: [JudgementSlot],
    hasSeen: (_ later: Dot, _ earlier: Dot) -> Bool
  ) -> [Awareness] {
    let counted = slots.filter { $0.counted != nil }
    return counted.flatMap { slot in
      counted.compactMap { other in
        guard other.person != slot.person, other.counted?.outcome != slot.counted?.outcome
        else { return nil }
        let hadSeen = slot.versions.all.contains { later in
          other.versions.all.contains { hasSeen(later.dot, $0.dot) }
        }
        return hadSeen ? Awareness(person: slot.person, hadSeen: other.person) : nil
      }
    }
  }
}
