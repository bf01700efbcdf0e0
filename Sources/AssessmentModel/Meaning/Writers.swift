/// Any of the ``Writer``s, as a set that costs nothing to make or to compare.
package struct Writers: Hashable, Sendable {
  /// One bit a writer.
  package let bits: UInt8

  /// Some writers, in any order.
  package init(_ writers: [Writer]) {
    bits = writers.reduce(0) { $0 | 1 << $1.rawValue }
  }

  /// The writers of some bits.
  package init(bits: UInt8) { self.bits = bits }

  /// The rights that a role gives: the one table of who may do what.
  ///
  /// | role | lead | team, own of team | member, own, author | authority |
  /// |---|---|---|---|---|
  /// | lead | yes | yes | yes | no |
  /// | peer, lay | no | yes | yes | no |
  /// | observer, staff | no | no | yes | no |
  package init(_ role: Role) {
    self =
      switch role {
      case .lead: Self.lead
      case .peer, .lay: Self.team
      case .observer, .staff: Self.onVisit
      }
  }

  /// The rights that only one person's own slot gives.
  package static let own = Writers([.own, .ownOfTeam])

  /// Whether a writer is one of these.
  package func contains(_ writer: Writer) -> Bool { bits & 1 << writer.rawValue != 0 }

  /// Whether any writer is in both sets.
  package func overlaps(_ other: Writers) -> Bool { bits & other.bits != 0 }

  /// The writers in both sets.
  package func intersection(_ other: Writers) -> Writers { Writers(bits: bits & other.bits) }

  private static let onVisit = Writers([.member, .own, .author])
  private static let team = Writers([.member, .own, .author, .team, .ownOfTeam])
  private static let lead = Writers([.member, .own, .author, .team, .ownOfTeam, .lead])
}
