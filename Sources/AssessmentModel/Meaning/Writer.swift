/// Who may write a field or make an item: the third column of the registry (protocol section 5).
package enum Writer: UInt8, Hashable, Sendable, CaseIterable {
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

  /// Whether a role gives this right.
  package func includes(_ role: Role) -> Bool { Writers(role).contains(self) }
}
