/// A standard that another one names, with what the team makes of it (R8).
///
/// It is shown beside the other and changes nothing by itself.
public struct LinkedStandard: Hashable, Sendable {
  /// The standard, by ID.
  public let id: String

  /// Its ref.
  public let ref: String

  /// What the team makes of it.
  public let teamView: TeamView

  /// Whether one of the two is met and the other not met (C14).
  public let isContrary: Bool
}
