/// What reviewers differ about.
public enum DisputeKind: String, Hashable, Sendable, CaseIterable {
  /// Whether the standard is met.
  case outcome

  /// Whether it concerns the service at all: at least one side says not applicable (C07).
  case applicability
}
