import Convergence
import TestSupport
import Testing

/// Goal: no delivery, however unlucky, leads a cell elsewhere.
///
/// Method: all histories of up to four
/// writes by up to three authors, with every choice of what each had seen, and all that can happen
/// to them on the way.
@Suite("Every delivery of every small history")
struct EveryDelivery {
  /// The writes of a history, in which each author writes over all the values that they see.
  private func writes(_ history: SmallHistory, naming: SmallHistory.Naming) -> [Write] {
    var writes: [Write] = []
    for (index, step) in history.steps.enumerated() {
      let standing = Write.survivors(of: step.seen.map { writes[$0] }).map(\.dot)
      writes.append(write(index, of: history, naming: naming, over: standing))
    }
    return writes
  }

  private func write(
    _ index: Int,
    of history: SmallHistory,
    naming: SmallHistory.Naming,
    over: [Dot]
  ) -> Write {
    Write(
      history.dot(index, naming: naming),
      by: history.person(index, naming: naming),
      .int(Int64(index)),
      over: over
    )
  }

  private func demandModel(_ cell: Cell, _ writes: [Write], _ what: String) throws {
    try demandEqual(cell.siblings, Write.survivors(of: writes), "\(what) of \(writes)")
    try demandEqual(cell.brokenInvariant, nil, "\(what) of \(writes)")
  }

  @Test("There are as many histories as a count by hand gives")
  func count() {
    // Two steps: one author (1), or two, the second having seen the first or not (2).
    #expect(SmallHistory.all(steps: 0, streams: 3).count == 1)
    #expect(SmallHistory.all(steps: 1, streams: 3).count == 1)
    #expect(SmallHistory.all(steps: 2, streams: 3).count == 3)
    #expect(SmallHistory.all(steps: 2, streams: 1).count == 1)
    let histories = SmallHistory.all(steps: 4, streams: 3)
    #expect(Set(histories).count == histories.count)
    // As many as transitive relations that respect the order of each author, counted by another program.
    #expect(histories.count == 156)
  }

  @Test(
    "In every permutation the values are those whose dot is in nobody's over",
    arguments: SmallHistory.Naming.allCases
  )
  func everyPermutation(naming: SmallHistory.Naming) throws {
    try withEvery("count", in: 0...4) { count in
      try withEvery("history", in: SmallHistory.all(steps: count, streams: 3)) { history in
        let writes = writes(history, naming: naming)
        try withEvery("order", in: Orders.permutations(count)) { order in
          let cell = Cell(receiving: order.map { writes[$0] })
          try demandModel(cell, writes, "a delivery")
          try demandEqual(cell, Cell(receiving: writes), "what it remembers depends on the order")
        }
      }
    }
  }

  @Test(
    "In every permutation of writes over any part of the past the values are the model's",
    arguments: SmallHistory.Naming.allCases
  )
  func everyOver(naming: SmallHistory.Naming) throws {
    // Only authors and names matter here, not what was seen: any earlier dots may be removed.
    let histories = SmallHistory.all(steps: 4, streams: 3)
    let authorships = Dictionary(grouping: histories) { $0.steps.map(\.stream) }
      .compactMap(\.value.first).sorted { "\($0)" < "\($1)" }
    let choices = Orders.subsets(1).flatMap { second in
      Orders.subsets(2).flatMap { third in
        Orders.subsets(3).map { [[], second, third, $0] }
      }
    }
    let permutations = Orders.permutations(4)
    try withEvery("history", in: authorships) { history in
      try withEvery("over", in: choices) { over in
        let writes = (0..<4).map { index in
          write(
            index,
            of: history,
            naming: naming,
            over: over[index].map { history.dot($0, naming: naming) }
          )
        }
        let replayed = Cell(receiving: writes)
        try demandModel(replayed, writes, "replay")
        try withEvery("order", in: permutations) { order in
          try demandEqual(Cell(receiving: order.map { writes[$0] }), replayed, "\(writes)")
        }
      }
    }
  }

  @Test(
    "Every permutation of three writes that each arrive twice leads to the same cell",
    arguments: SmallHistory.Naming.allCases
  )
  func everyRepetition(naming: SmallHistory.Naming) throws {
    let orders = Orders.interleavings(of: [2, 2, 2])
    #expect(orders.count == 90)
    try withEvery("history", in: SmallHistory.all(steps: 3, streams: 3)) { history in
      let writes = writes(history, naming: naming)
      try withEvery("order", in: orders) { order in
        let cell = Cell(receiving: order.map { writes[$0] })
        try demandEqual(cell, Cell(receiving: writes), "repetition matters in \(writes)")
      }
    }
  }

  @Test(
    "Any two parts of every history merge into the cell of all that either holds",
    arguments: SmallHistory.Naming.allCases
  )
  func everyParting(naming: SmallHistory.Naming) throws {
    let parts = Orders.subsets(4)
    try withEvery("history", in: SmallHistory.all(steps: 4, streams: 3)) { history in
      let writes = writes(history, naming: naming)
      let cells = parts.map { part in Cell(receiving: part.map { writes[$0] }) }
      // Subset number n holds the writes whose bits are set in n.
      try withEvery("left", in: parts.indices) { left in
        try withEvery("right", in: parts.indices) { right in
          try demandEqual(cells[left].merging(cells[right]), cells[left | right], "\(writes)")
        }
      }
    }
  }

  @Test(
    "A cell that forgets what was removed shows the same in every causal order",
    arguments: SmallHistory.Naming.allCases
  )
  func everyCausalOrder(naming: SmallHistory.Naming) throws {
    try withEvery("history", in: SmallHistory.all(steps: 4, streams: 3)) { history in
      let orders = history.linearExtensions
      // Over all that is visible, and over each part of what was seen.
      for over in [writes(history, naming: naming)] + partialOvers(history, naming: naming) {
        try withEvery("order", in: orders) { order in
          var remembering = Cell()
          var forgetting = Cell()
          for index in order {
            remembering.write(over[index].sibling, over: over[index].over)
            forgetting.write(over[index].sibling, over: over[index].over)
            forgetting = Cell(siblings: forgetting.siblings)
            try demandEqual(forgetting.siblings, remembering.siblings, "step \(index) of \(over)")
          }
          try demandModel(forgetting, over, "a causal order")
        }
      }
    }
  }

  @Test("A cell that forgets does not converge out of causal order: the promise is needed")
  func forgettingNeedsCausalOrder() {
    let first = Write(.of(0, 1))
    let second = Write(.of(1, 1), over: [.of(0, 1)])
    var forgetting = Cell()
    for write in [second, first] {
      forgetting.write(write.sibling, over: write.over)
      forgetting = Cell(siblings: forgetting.siblings)
    }
    #expect(forgetting.siblings.count == 2)
    #expect(Cell(receiving: [second, first]).siblings == [second.sibling])
  }

  /// For the last step, which can have seen most, every part of what it has seen.
  private func partialOvers(
    _ history: SmallHistory,
    naming: SmallHistory.Naming
  ) -> [[Write]] {
    let whole = writes(history, naming: naming)
    guard let last = whole.indices.last else { return [] }
    let seen = history.steps[last].seen
    return Orders.subsets(seen.count).map { part in
      let over = part.map { whole[seen[$0]].sibling.dot }
      return whole.dropLast() + [write(last, of: history, naming: naming, over: over)]
    }
  }
}
