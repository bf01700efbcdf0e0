/// Who may write a row of section 5.
enum ModelWriter: Hashable, Sendable {
  /// The server's own replicas.
  case authority

  /// Lead, peer and lay members.
  case team

  /// The lead.
  case lead

  /// Any role, in the slot that bears one's own name.
  case own

  /// Lead, peer and lay members, each in the slot that bears their own name.
  case ownOfTeam

  /// Whoever added the item; any role may add one.
  case author

  /// Whether the slot has to name whoever writes.
  var isOwn: Bool { self == .own || self == .ownOfTeam }

  /// Whether a role gives the right.
  func includes(_ role: String) -> Bool {
    switch self {
    case .authority: false
    case .lead: role == "lead"
    case .team, .ownOfTeam: ["lead", "peer", "lay"].contains(role)
    case .own, .author: true
    }
  }
}
