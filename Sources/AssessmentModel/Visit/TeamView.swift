/// What the team as a whole makes of a standard, worked out from everybody's slots and the
/// resolutions.
///
/// Nobody writes it.
public enum TeamView: Hashable, Sendable {
  /// Two resolutions were written side by side.
  case contested

  /// It was resolved, and a judgement has changed or appeared since.
  case stale

  /// A person settled it, and everything that is said was considered.
  case resolved(Outcome)

  /// At least two people say different things.
  case disputed(DisputeKind)

  /// Nobody differs from anybody, but somebody differs from themselves on two devices.
  case selfConflict

  /// At least two people say the same.
  case agreed(Outcome)

  /// One person has judged.
  case oneView(Outcome)

  /// Nobody has judged, or all have withdrawn, or only parts were said to be not applicable.
  case notJudged

  /// Works out the team's view: the one table, first match from the top.
  ///
  /// | resolutions | stale | outcomes that count | self-conflict open | view |
  /// |---|---|---|---|---|
  /// | 2 or more | – | – | – | contested |
  /// | 1 | yes | – | – | stale |
  /// | 1 | no | – | – | resolved |
  /// | 0 | – | differ | – | disputed |
  /// | 0 | – | – | yes | self-conflict |
  /// | 0 | – | 2 or more, the same | no | agreed |
  /// | 0 | – | 1 | no | one view |
  /// | 0 | – | 0 | no | not judged |
  ///
  /// A slot whose owner has still to choose between versions of their own counts on neither side
  /// (``JudgementSlot/Standing/selfConflict``): it can neither make a dispute nor end one.
  /// Resolutions that were all taken back count as none. A resolution is stale when any version
  /// that now stands in any slot is not covered by what it cites (``isCovered(_:by:)``).
  ///
  /// - Parameters:
  ///   - slots: The slots of one standard, as a whole or at one location; never of both.
  ///   - resolutions: The resolutions of the same.
  public init(slots: [JudgementSlot], resolutions: Versions<Resolution>) {
    let isAnyStanding = resolutions.all.contains { $0.content.outcome != .notJudged }
    let standing = isAnyStanding ? resolutions.all : []
    let isStale = slots.contains { slot in
      slot.versions.all.contains { version in
        !standing.contains { Self.isCovered(version, by: $0) }
      }
    }
    let outcomes = slots.compactMap(\.counted?.outcome)
    let isSplit = outcomes.contains { $0 != outcomes.first }
    let isSelfConflict = slots.contains { $0.standing == .selfConflict }

    switch (standing.count, isStale, isSplit, isSelfConflict, outcomes.first) {
    case (2..., _, _, _, _): self = .contested
    case (1, true, _, _, _): self = .stale
    case (1, false, _, _, _): self = .resolved(standing[0].content.outcome)
    case (_, _, true, _, _):
      self = .disputed(outcomes.contains(.notApplicable) ? .applicability : .outcome)
    case (_, _, false, true, _): self = .selfConflict
    case (_, _, false, false, .some(let outcome)):
      self = outcomes.count > 1 ? .agreed(outcome) : .oneView(outcome)
    case (_, _, false, false, .none): self = .notJudged
    }
  }

  /// Whether a resolution considered a version of a judgement.
  ///
  /// It did if it cites the version. It also did if the version is a *choice*, and everything that
  /// its owner chose among is cited: choosing among one's own versions says nothing new. A judgement
  /// that cites anything is such a choice, and cites what it chose among.
  public static func isCovered(
    _ version: Written<Judgement>,
    by resolution: Written<Resolution>
  ) -> Bool {
    if resolution.cites.contains(version.dot) { return true }
    return !version.cites.isEmpty && version.cites.allSatisfy(resolution.cites.contains)
  }

  /// The outcome that the team stands by; `nil` while anything is open or nothing is said.
  public var settledOutcome: Outcome? {
    switch self {
    case .resolved(let outcome), .agreed(let outcome), .oneView(let outcome): outcome
    case .contested, .stale, .disputed, .selfConflict, .notJudged: nil
    }
  }

  /// Whether a person has to settle something.
  public var isOpen: Bool {
    switch self {
    case .contested, .stale, .disputed, .selfConflict: true
    case .resolved, .agreed, .oneView, .notJudged: false
    }
  }

  /// The name that machines read: `contested`, `stale`, `resolved`, `disputed`, `self-conflict`,
  /// `agreed`, `one-view` or `not-judged`.
  public var name: String {
    switch self {
    case .contested: "contested"
    case .stale: "stale"
    case .resolved: "resolved"
    case .disputed: "disputed"
    case .selfConflict: "self-conflict"
    case .agreed: "agreed"
    case .oneView: "one-view"
    case .notJudged: "not-judged"
    }
  }

  /// The words that people read.
  public var words: String {
    switch self {
    case .contested: "contested: two resolutions"
    case .stale: "stale: judgements changed after it was resolved"
    case .resolved(let outcome): "resolved: \(outcome.words)"
    case .disputed(.outcome): "disputed"
    case .disputed(.applicability): "disputed: whether it applies"
    case .selfConflict: "self-conflict: one person's versions differ"
    case .agreed(let outcome): "agreed: \(outcome.words)"
    case .oneView(let outcome): "one view: \(outcome.words)"
    case .notJudged: "not judged"
    }
  }
}
