/// What a person is on a visit.
///
/// Nobody's word counts more than another's; roles only say who may write what.
public enum Role: String, Hashable, Sendable, CaseIterable {
  /// Leads the visit; judges like everybody on the team.
  case lead

  /// A reviewer from the profession.
  case peer

  /// A lay assessor, with the same standing as a peer (R19).
  case lay

  /// Looks on; may comment and declare an interest, and judges nothing.
  case observer

  /// Works for the college that runs the scheme; may do what an observer may.
  case staff

  /// The words that people read.
  public var words: String {
    switch self {
    case .lead: "lead reviewer"
    case .peer: "peer reviewer"
    case .lay: "lay assessor"
    case .observer: "observer"
    case .staff: "college staff"
    }
  }

  /// Whether the role belongs to the review team: lead, peer and lay.
  public var isTeam: Bool {
    switch self {
    case .lead, .peer, .lay: true
    case .observer, .staff: false
    }
  }
}
