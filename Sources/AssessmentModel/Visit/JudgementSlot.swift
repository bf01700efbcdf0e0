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

  /// Whose it is.
  public let person: PersonID

  /// What stands in it: one version, or those that the person wrote on several devices at once.
  public let versions: Versions<Judgement>

  /// Describes a slot.
  public init(person: PersonID, versions: Versions<Judgement>) {
    self.person = person
    self.versions = versions
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
