/// When a standard is to be judged at all.
///
/// A rule only says what to assume at first. Whether a standard applies to a given service is a
/// person's scope decision, with a reason; not provided is never the same as not met (R2).
public struct ApplicabilityRule: Hashable, Sendable {
  /// What the service must do for the standard to apply.
  public enum Condition: String, Hashable, Sendable, CaseIterable {
    /// Nothing in particular: every service is expected to meet it.
    case everyService = "every-service"
    /// It offers the modality, pathway or age group that the standard is about.
    case pathwayProvided = "pathway-provided"
  }

  /// Where the rule comes from.
  public enum Basis: String, Hashable, Sendable, CaseIterable {
    /// The document states it.
    case stated
    /// The document is silent and the catalogue decided (R11); people are shown that it did.
    case decided
  }

  /// What the service must do for the standard to apply.
  public let condition: Condition
  /// Where the rule comes from.
  public let basis: Basis
  /// Whether the document foresees that only part of the standard applies (R3).
  public let allowsPart: Bool

  /// Records a rule.
  public init(condition: Condition, basis: Basis, allowsPart: Bool) {
    self.condition = condition
    self.basis = basis
    self.allowsPart = allowsPart
  }
}
