import Convergence

extension Draft {
  /// What a replica that wrote an operation asks for; `nil` where no program makes such a thing.
  init?(_ operation: Operation) {
    switch operation.action {
    case .set(let assignment): self.init(assignment, cites: operation.cites)
    case .add(let addition): self.init(addition, cites: operation.cites)
    case .uninterpreted, .inert: return nil
    }
  }

  /// The same draft, what it writes over in the order in which a batch lists it.
  var listed: Draft {
    guard case .set(let assignment) = action else { return self }
    return Draft(assignment.over(assignment.over.sorted()), cites: cites)
  }

  /// The same draft without references to operations that are gone; `nil` where it speaks of one.
  func without(_ lost: Set<Dot>) -> Draft? {
    guard !lost.isEmpty else { return self }
    func isLost(_ record: RecordID?) -> Bool {
      guard case .item(let dot)? = record else { return false }
      return lost.contains(dot)
    }
    let cites = cites.filter { !lost.contains($0) }
    switch action {
    case .set(let assignment):
      let place = assignment.location.map { lost.contains($0) } ?? false
      guard !isLost(assignment.record), !place else { return nil }
      let over = assignment.over.filter { !lost.contains($0) }
      return Draft(assignment.over(over), cites: cites)
    case .add(let addition):
      let answered = addition.replyTo.map { lost.contains($0) } ?? false
      guard !isLost(addition.within), !answered else { return nil }
      return Draft(addition, cites: cites)
    case .uninterpreted, .inert:
      return self
    }
  }
}

extension Assignment {
  /// The same assignment over other siblings.
  fileprivate func over(_ over: [Dot]) -> Assignment {
    Assignment(
      record: record,
      field: field,
      slot: slot,
      location: location,
      value: value,
      over: over
    )
  }
}
