/// Who may write a field or make an item: the third column of the registry (protocol section 5).
package enum Writer: Hashable, Sendable, CaseIterable {
  /// The server's own replicas.
  case authority

  /// The lead.
  case lead

  /// Lead, peer and lay members.
  case team

  /// Anybody on the visit.
  case member

  /// Anybody on the visit, in the slot that bears their name.
  case own

  /// A member of the team, in the slot that bears their name.
  case ownOfTeam

  /// Whoever added the item. Adding one makes its author, so anybody on the visit may.
  case author

  /// Whether a role gives this right: the one table of who may do what.
  ///
  /// | role | lead | team, own of team | member, own, author | authority |
  /// |---|---|---|---|---|
  /// | lead | yes | yes | yes | no |
  /// | peer, lay | no | yes | yes | no |
  /// | observer, staff | no | no | yes | no |
  package func includes(_ role: Role) -> Bool {
    switch self {
    case .authority: false
    case .lead: role == .lead
    case .team, .ownOfTeam: role.isTeam
    case .member, .own, .author: true
    }
  }

  /// Whether only the person named by the slot may write.
  package var isOwn: Bool { self == .own || self == .ownOfTeam }
}
