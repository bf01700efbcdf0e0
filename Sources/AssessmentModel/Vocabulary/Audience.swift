/// Who may read a comment or an evidence item.
///
/// It filters what is shown, not what is synchronised. Where two people chose differently without
/// seeing each other the ``narrower(_:)`` of the two holds until somebody widens it (R20).
public enum Audience: String, Hashable, Sendable, CaseIterable, Comparable {
  /// The review team without its lay assessors.
  case notLay = "not-lay"

  /// The review team.
  case team

  /// The review team and the service.
  case teamAndService = "team-and-service"

  /// Everybody.
  case `public`

  /// The words that people read.
  public var words: String {
    switch self {
    case .notLay: "team, not for lay readers"
    case .team: "team"
    case .teamAndService: "team and service"
    case .public: "public"
    }
  }

  /// The one of the two that fewer people belong to.
  public func narrower(_ other: Audience) -> Audience { min(self, other) }

  /// Whether something for this audience may stand in a document for those readers.
  public func admits(_ readers: Audience) -> Bool { readers <= self }

  /// Orders from the narrowest to the widest.
  public static func < (left: Audience, right: Audience) -> Bool { left.width < right.width }

  private var width: Int {
    switch self {
    case .notLay: 0
    case .team: 1
    case .teamAndService: 2
    case .public: 3
    }
  }
}
