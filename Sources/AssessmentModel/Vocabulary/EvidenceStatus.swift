/// How far the team has come with an evidence item.
public enum EvidenceStatus: String, Hashable, Sendable, CaseIterable {
  /// The framework or the team expects it.
  case expected

  /// The team asked for it.
  case requested

  /// The service said that it exists.
  case offered

  /// Somebody of the team saw it.
  case seen

  /// It was seen by others, such as another review.
  case seenElsewhere = "seen-elsewhere"

  /// The service has none.
  case notAvailable = "not-available"

  /// It is no longer put forward.
  case withdrawn

  /// The words that people read.
  public var words: String {
    switch self {
    case .expected: "expected"
    case .requested: "requested"
    case .offered: "offered"
    case .seen: "seen"
    case .seenElsewhere: "seen elsewhere"
    case .notAvailable: "not available"
    case .withdrawn: "withdrawn"
    }
  }
}
