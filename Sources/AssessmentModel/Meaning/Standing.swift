package import Convergence

/// What the authority's operations say of the author of an operation.
package enum Standing: Hashable, Sendable {
  /// One of the server's own replicas: it may write the authority's rows and no others.
  case authority

  /// On the visit, with these rights. One holds only if *every* role gives it: several stand there
  /// where two authority replicas said different things, and the narrowest holds. Inside the cut of
  /// a removal or of a change of role, the roles are those that it wrote over.
  case rights(Writers)

  /// Never a member, removed, or writing from a revoked replica, outside the cut and not released.
  case held

  /// The standing of whoever wrote an operation.
  ///
  /// A dot is inside a cut that lists its replica with at least its counter. Where a cell has
  /// several siblings the operation must be inside every cut, and released by every release. A
  /// sibling that cannot be read gives no right at all. Operations of the authority are never held.
  ///
  /// - Complexity: O(siblings + entries of their cuts), where a cut concerns the author; else O(1).
  package init(of dot: Dot, by author: Meaning.Author, under authority: Authority) {
    guard author.person != .authority else {
      self = .authority
      return
    }
    if let bits = author.rights {
      self = .rights(Writers(bits: bits))
      return
    }
    let isReleased = Self.isReleased(dot, under: authority)
    let isRevoked =
      !isReleased
      && author.cells.dropFirst().contains { cell in
        cell.siblings.contains { !Self.isInside(dot, cut: $0.value["cut"]) }
      }
    guard !isRevoked,
      let rights = Self.rights(
        author.cells.first?.siblings ?? [],
        dot,
        isReleased: isReleased,
        under: authority
      )
    else {
      self = .held
      return
    }
    self = .rights(rights)
  }

  /// The rights that all values of a member's cell give; `nil` where the author is held.
  ///
  /// It follows what was replaced; a write replaces only what stood before it, so that ends. What
  /// was released counts as if the cut of the removal had included it. A change of role holds
  /// nothing, so a release is nothing to its cut.
  static func rights(
    _ members: [Sibling],
    _ dot: Dot,
    isReleased: Bool,
    under authority: Authority
  ) -> Writers? {
    var rights: Writers?
    for index in members.indices {
      let word = members[index].value["role"]?.string ?? ""
      let role = Role(rawValue: word)
      let cut = members[index].value["cut"]
      let given: Writers
      if isInside(dot, cut: cut) || isReleased && role == nil && word == "none" {
        guard role != nil || word == "none",
          let before = Self.rights(
            authority.values(replacedBy: members[index].dot),
            dot,
            isReleased: isReleased,
            under: authority
          )
        else { return nil }
        given = before
      } else {
        guard let role else { return nil }
        given = Writers(role)
      }
      rights = rights?.intersection(given) ?? given
    }
    return rights
  }

  /// The cells in which the authority says what an author may do: the role, then revocations.
  ///
  /// Releases are looked up only for what would be held without them.
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
      guard let role = member.value["role"]?.string.flatMap(Role.init),
        member.value["cut"] == nil
      else { return nil }
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

  static func isInside(_ dot: Dot, cut: Value?) -> Bool {
    (cut?.list ?? []).contains { entry in
      guard let parts = entry.list, parts.count == 3, let last = parts[1].int,
        let name = parts[0].string, let replica = ReplicaID(text: name)
      else { return false }
      return replica == dot.replica && dot.counter <= last
    }
  }

  /// Whether a person let an operation take effect: every value that stands for its replica lists it.
  static func isReleased(_ dot: Dot, under authority: Authority) -> Bool {
    let releases = authority[CellKey(.named("visit"), "release", slot: dot.replica.text)].siblings
    return !releases.isEmpty
      && releases.allSatisfy { release in
        (release.value["batches"]?.list ?? []).contains { entry in
          guard let parts = entry.list, parts.count == 3, let first = parts[0].int,
            let last = parts[1].int, first <= last
          else { return false }
          return (first...last).contains(dot.counter)
        }
      }
  }
}
