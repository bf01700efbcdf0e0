/// What a person can say of a standard (R1).
///
/// There is no other value, no weight and no number.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
  /// The service does what the standard describes.
  case met

  /// It does not.
  case notMet = "not-met"

  /// The standard, or part of it, does not concern this service. Needs a reason (R2).
  case notApplicable = "not-applicable"

  /// Nothing is said; written over an earlier judgement it withdraws that judgement.
  case notJudged = "not-judged"

  /// The words that people read.
  public var words: String {
    switch self {
    case .met: "met"
    case .notMet: "not met"
    case .notApplicable: "not applicable"
    case .notJudged: "not judged"
    }
  }
}
