package import Convergence

/// What the authority's operations say of the author of an operation.
package enum Standing: Hashable, Sendable {
  /// One of the server's own replicas: it may write the authority's rows and no others.
  case authority

  /// On the visit. A right holds only if *every* role gives it: several stand there where two
  /// authority replicas said different things, and the narrowest holds. None stand there inside the
  /// cut of a person who was removed: what they wrote before has the effect it had.
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
  package init(of dot: Dot, by author: Meaning.Author) {
    guard author.person != .authority else {
      self = .authority
      return
    }
    guard let members = author.cells.first?.siblings, !members.isEmpty,
      author.cells.dropFirst().allSatisfy({ revocations in
        revocations.siblings.allSatisfy { Self.isInside(dot, cut: $0.value["cut"]) }
      })
    else {
      self = .held
      return
    }
    var roles: [Role] = []
    for member in members {
      let word = member.value["role"]?.string ?? ""
      if let role = Role(rawValue: word) {
        roles.append(role)
      } else if word != "none" || !Self.isInside(dot, cut: member.value["cut"]) {
        self = .held
        return
      }
    }
    self = .roles(roles)
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
