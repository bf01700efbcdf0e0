public import Convergence

/// Something that still wants a person's attention before the visit is done.
public struct IncompleteItem: Hashable, Sendable {
  /// What is wrong.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Nothing is said of the standard as a whole.
    case notJudged = "not-judged"

    /// Only a part is said to be not applicable; the rest needs a judgement (R3).
    case restNotJudged = "rest-not-judged"

    /// Reviewers differ.
    case disputed

    /// A judgement changed after the resolution.
    case stale

    /// Two resolutions stand side by side.
    case contested

    /// One person's own versions differ.
    case selfConflict = "self-conflict"

    /// Not applicable without a reason (C10).
    case reasonMissing = "reason-missing"

    /// Judged although out of scope: the decision is to be reviewed (C09).
    case outOfScope = "judged-out-of-scope"

    /// Scope decisions that differ stand side by side.
    case scopeSplit = "scope-split"

    /// The resolution is by somebody who judged the same thing (R22).
    case unverified

    /// A field of the visit, the service, a member, a location, a comment or an evidence item has
    /// several versions.
    case split

    /// An evidence item was put away by somebody while somebody else used it.
    case archivedInUse = "archived-in-use"

    /// A member of the team has not declared an interest, or that there is none.
    case interestMissing = "interest-missing"

    /// The words that people read.
    public var words: String {
      switch self {
      case .notJudged: "not judged"
      case .restNotJudged: "a part is not applicable; the rest is not judged"
      case .disputed: "disputed"
      case .stale: "resolved, but judgements changed since"
      case .contested: "two resolutions stand side by side"
      case .selfConflict: "one person has to choose between versions of their own"
      case .reasonMissing: "not applicable, without a reason"
      case .outOfScope: "judged but out of scope; review the scope decision"
      case .scopeSplit: "scope decisions differ"
      case .unverified: "resolved by a party to it; not yet verified by somebody else"
      case .split: "several versions stand side by side"
      case .archivedInUse: "archived by one person, in use by another"
      case .interestMissing: "no declaration of interest"
      }
    }
  }

  /// What is wrong.
  public let kind: Kind

  /// What it is about, as records are named.
  public let record: RecordID

  /// The location, if it is about one.
  public let location: Dot?

  /// The people concerned, sorted; whose versions differ, who has to declare.
  public let people: [PersonID]

  /// Which field, where it is about one.
  public let field: String?

  package init(
    _ kind: Kind,
    _ record: RecordID,
    location: Dot? = nil,
    people: [PersonID] = [],
    field: String? = nil
  ) {
    self.kind = kind
    self.record = record
    self.location = location
    self.people = people
    self.field = field
  }
}
