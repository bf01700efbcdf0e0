package import Convergence

extension Authority {
  /// What the authority says of one author, as the cells of a visit show it.
  ///
  /// It holds the current siblings of the cells that only the authority writes: all that
  /// ``Standing`` asks for.
  package init(_ cells: MemoryCells, about person: PersonID, _ replica: ReplicaID) {
    self.init()
    for key in Standing.keys(person, person.text, replica) {
      for sibling in cells[key].siblings {
        let assignment = Assignment(
          record: .visit,
          field: key.field,
          slot: key.slot,
          value: sibling.value
        )
        absorb(
          Operation(
            dot: sibling.dot,
            person: .authority,
            clock: sibling.clock,
            action: .set(assignment)
          )
        )
      }
    }
  }
}
