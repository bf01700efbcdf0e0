package import Convergence

/// Which people are one human, enrolled twice: what the authority's `joined` cells say together.
///
/// "A is one with B" makes the two one, whoever is named first; chains and rings are one as well. A
/// cell in which two authority replicas name different people joins nobody until a person decides.
package struct Joins: Hashable, Sendable {
  /// The least person of each class of several, by everybody in it.
  private var least: [PersonID: PersonID] = [:]

  /// Under whose name each class of several is shown, by the least person in it.
  private var shown: [PersonID: PersonID] = [:]

  /// Nobody is joined.
  package init() {}

  /// Reads what an authority says.
  ///
  /// - Complexity: O(cells of the authority).
  package init(_ authority: Authority) {
    self.init(
      authority.cells.lazy.filter { Self.isJoin($0.key) }
        .map { (slot: $0.key.slot, cell: $0.value) }
    )
  }

  /// Reads the cells of a visit.
  ///
  /// - Complexity: O(cells of the visit).
  package init(_ cells: MemoryCells) {
    self.init(
      cells.cells.lazy.filter { Self.isJoin($0.key) }.map { (slot: $0.key.slot, cell: $0.value) }
    )
  }

  /// Reads the `joined` cells of a visit by their slots, in any order.
  package init(_ cells: some Sequence<(slot: String, cell: Cell)>) {
    var edges: [PersonID: PersonID] = [:]
    for (slot, cell) in cells {
      let others = Set(
        cell.siblings.map { $0.value["with"]?.string.flatMap { PersonID(text: $0) } }
      )
      guard let person = PersonID(text: slot), others.count == 1, let other = others.first ?? nil,
        other != person, other != .authority, person != .authority
      else { continue }
      edges[person] = other
    }
    // Few and small: each pass carries the least name one step further.
    for (person, other) in edges {
      least[person] = min(person, other)
      least[other] = min(least[other] ?? other, person)
    }
    var isMoving = !edges.isEmpty
    while isMoving {
      isMoving = false
      for (person, other) in edges {
        let one = min(least[person] ?? person, least[other] ?? other)
        for end in [person, other] where least[end] != one {
          least[end] = one
          isMoving = true
        }
      }
    }
    for (person, one) in least where edges[person] == nil {
      // Everybody names one other at most, so at most one in a class names nobody.
      shown[one] = person
    }
  }

  /// Whether nobody is joined.
  package var isEmpty: Bool { least.isEmpty }

  /// The least person among all who are one with somebody, themselves included.
  package func representative(of person: PersonID) -> PersonID { least[person] ?? person }

  /// Under whose name somebody is shown: who the others were joined to, and in a ring the least.
  package func shown(_ person: PersonID) -> PersonID {
    let one = representative(of: person)
    return shown[one] ?? one
  }

  /// Whether two people are one.
  package func areOne(_ person: PersonID, _ other: PersonID) -> Bool {
    person == other || representative(of: person) == representative(of: other)
  }

  /// Everybody who is one with somebody, themselves included, sorted.
  package func all(oneWith person: PersonID) -> [PersonID] {
    guard let one = least[person] else { return [person] }
    return least.filter { $0.value == one }.map(\.key).sorted()
  }

  /// Whether a cell says who is joined.
  static func isJoin(_ key: CellKey) -> Bool {
    key.field == "joined" && key.record == .named("visit")
  }
}
