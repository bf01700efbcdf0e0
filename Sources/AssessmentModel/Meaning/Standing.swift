package import Convergence

/// What the authority's operations say of the author of an operation.
package enum Standing: Hashable, Sendable {
  /// One of the server's own replicas: it may write the authority's rows and no others.
  case authority

  /// On the visit. A right holds only if *every* role gives it: several stand there where two
  /// authority replicas said different things, and the narrowest holds. Inside the cut of a person
  /// who was removed the roles are those that the removal wrote over.
  case roles([Role])

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
    let isRevoked = author.cells.dropFirst().contains { revocations in
      !revocations.siblings.allSatisfy { Self.isInside(dot, cut: $0.value["cut"]) }
    }
    guard !isRevoked, let members = author.cells.first?.siblings,
      let roles = Self.roles(members, dot, under: authority)
    else {
      self = .held
      return
    }
    self = .roles(roles)
  }

  /// The roles that some values of a member's cell give; `nil` where the author is held.
  ///
  /// It follows what removals replaced; a write replaces only what stood before it, so that ends.
  private static func roles(
    _ members: [Sibling],
    _ dot: Dot,
    under authority: Authority
  ) -> [Role]? {
    var roles: [Role] = []
    for member in members {
      let word = member.value["role"]?.string ?? ""
      if let role = Role(rawValue: word) {
        roles.append(role)
        continue
      }
      guard word == "none", isInside(dot, cut: member.value["cut"]),
        let before = Self.roles(
          authority.values(replacedBy: member.dot),
          dot,
          under: authority
        )
      else { return nil }
      roles += before
    }
    return roles.isEmpty ? nil : roles
  }

  /// The cells in which the authority says what an author may do: the role, then revocations.
  package static func keys(_ person: PersonID, _ replica: ReplicaID) -> [CellKey] {
    guard person != .authority else { return [] }
    return [
      CellKey(.named("visit"), "member", slot: person.text),
      CellKey(.named("visit"), "revoked", slot: replica.text),
    ]
  }

  /// Whether one of the writers of a row includes the author, slots and items aside.
  package func mayActAs(oneOf writers: [Writer]) -> Bool {
    switch self {
    case .authority: writers.contains(.authority)
    case .held: false
    case .roles(let roles):
      writers.contains { writer in
        writer != .authority && roles.allSatisfy(writer.includes)
      }
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
