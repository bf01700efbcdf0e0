package import Convergence

extension Authority {
  /// What the authority says, as the cells of a visit show it.
  ///
  /// It holds the current siblings of the cells that only the authority writes: all that
  /// ``Standing`` asks for.
  package init(_ cells: MemoryCells) {
    self.init()
    for key in cells.sortedKeys {
      let parts = key.parts
      guard parts.record == "visit", ["member", "revoked"].contains(parts.field) else { continue }
      for sibling in cells[key].siblings {
        let assignment = Assignment(
          record: .visit,
          field: String(parts.field),
          slot: String(parts.slot),
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
