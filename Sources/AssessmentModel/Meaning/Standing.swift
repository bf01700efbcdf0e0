package import Convergence

/// What the authority's operations say of the author of an operation.
package enum Standing: Hashable, Sendable {
  /// One of the server's own replicas: it may write the authority's rows and no others.
  case authority

  /// On the visit, with these rights. One holds only if *every* role gives it: several stand there
  /// where two authority replicas said different things, and the narrowest holds. Inside the cut of
  /// a person who was removed the roles are those that the removal wrote over.
  case rights(Writers)

  /// Never a member, removed, or writing from a revoked replica, and outside the cut.
  case held

  /// The standing of whoever wrote an operation.
  ///
  /// A dot is inside a cut that lists its replica with at least its counter. Where a cell has
  /// several siblings the operation must be inside every cut. A sibling that cannot be read gives
  /// no right at all. Operations of the authority are never held.
  ///
  /// - Complexity: O(siblings + entries of their cuts).
  package init(of dot: Dot, by author: Meaning.Author, under authority: Authority) {
    guard author.person != .authority else {
      self = .authority
      return
    }
    if let bits = author.rights {
      self = .rights(Writers(bits: bits))
      return
    }
    for index in author.cells.indices.dropFirst() {
      for revocation in author.cells[index].siblings
      where !Self.isInside(dot, cut: revocation.value["cut"]) {
        self = .held
        return
      }
    }
    guard let members = author.cells.first?.siblings,
      let rights = Self.rights(members, dot, under: authority)
    else {
      self = .held
      return
    }
    self = .rights(rights)
  }

  /// The rights that all values of a member's cell give; `nil` where the author is held.
  ///
  /// It follows what removals replaced; a write replaces only what stood before it, so that ends.
  private static func rights(
    _ members: [Sibling],
    _ dot: Dot,
    under authority: Authority
  ) -> Writers? {
    var rights: Writers?
    for index in members.indices {
      let word = members[index].value["role"]?.string ?? ""
      let given: Writers
      if let role = Role(rawValue: word) {
        given = Writers(role)
      } else {
        guard word == "none", isInside(dot, cut: members[index].value["cut"]),
          let before = Self.rights(
            authority.values(replacedBy: members[index].dot),
            dot,
            under: authority
          )
        else { return nil }
        given = before
      }
      rights = rights?.intersection(given) ?? given
    }
    return rights
  }

  /// The cells in which the authority says what an author may do: the role, then revocations.
  package static func keys(
    _ person: PersonID,
    _ ownSlot: String,
    _ replica: ReplicaID
  ) -> [CellKey] {
    guard person != .authority else { return [] }
    return [
      CellKey(.named("visit"), "member", slot: ownSlot),
      CellKey(.named("visit"), "revoked", slot: replica.text),
    ]
  }

  /// The rights of an author whom no cut concerns, as bits; `nil` for every other.
  package static func plainRights(_ cells: [Cell]) -> UInt8? {
    guard let members = cells.first?.siblings, !members.isEmpty,
      cells.dropFirst().allSatisfy(\.isEmpty)
    else { return nil }
    var rights: Writers?
    for member in members {
      guard let role = member.value["role"]?.string.flatMap(Role.init) else { return nil }
      rights = rights?.intersection(Writers(role)) ?? Writers(role)
    }
    return rights?.bits
  }

  /// Whether one of the writers of a row includes the author, slots and items aside.
  package func mayActAs(oneOf writers: Writers) -> Bool {
    switch self {
    case .authority: writers.contains(.authority)
    case .held: false
    case .rights(let rights): writers.overlaps(rights)
    }
  }

  private static func isInside(_ dot: Dot, cut: Value?) -> Bool {
    (cut?.list ?? []).contains { entry in
      guard let parts = entry.list, parts.count == 3, let last = parts[1].int,
        let name = parts[0].string, let replica = ReplicaID(text: name)
      else { return false }
      return replica == dot.replica && dot.counter <= last
    }
  }
}
