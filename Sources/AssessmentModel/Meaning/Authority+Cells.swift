package import Convergence

extension Authority {
  /// What the authority says of one author, as the cells of a visit show it.
  ///
  /// It holds the current siblings of the cells that only the authority writes: all that
  /// ``Standing`` asks for; with who is joined, which takes a look at every cell, only on demand.
  package init(
    _ cells: MemoryCells,
    about person: PersonID,
    _ replica: ReplicaID,
    withJoins: Bool = false
  ) {
    self.init()
    let joins = withJoins ? cells.cells.keys.filter(Joins.isJoin).sorted() : []
    for key in Standing.keys(person, person.text, replica) + joins {
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
