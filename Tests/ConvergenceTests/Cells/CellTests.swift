import Convergence
import TestSupport
import Testing

@Suite("Cells")
struct CellTests {
  // MARK: Laws over generated writes

  /// Any order and repetition of the writes, and any parting of them among machines that merge,
  /// leads to the slow model.
  private func checkDelivery(_ writes: [Write]) throws {
    let model = Write.survivors(of: writes)
    let replayed = Cell(receiving: writes)
    try demandEqual(replayed.siblings, model, "replay differs from the writes nobody removed")
    for seed in 0..<6 {
      var random = SeededGenerator(seed: UInt64(seed))
      let delivered = Cell(receiving: random.repeated(writes))
      try demandEqual(delivered, replayed, "the order of delivery decides (inner seed \(seed))")
      var merged = Cell()
      for _ in 0..<3 { merged.merge(Cell(receiving: random.repeated(random.subset(writes)))) }
      merged.merge(replayed)
      try demandEqual(merged, replayed, "merging parts differs from replay (inner seed \(seed))")
    }
    try demandEqual(replayed.brokenInvariant, nil, "\(replayed)")
  }

  /// Machines that each received some of the writes in some order.
  private func checkMerging(_ writes: [Write]) throws {
    var random = SeededGenerator(seed: 1)
    let cells =
      [Cell()] + (0..<4).map { _ in Cell(receiving: random.repeated(random.subset(writes))) }
    try checkMergeLaws(
      cells,
      merging: { $0.merging($1) },
      brokenInvariant: { $0.brokenInvariant }
    )
  }

  @Test("Honest writes lead to one cell in any order, repetition and parting")
  func honestDelivery() throws {
    try checkProperty(generate: { $0.writes($0.int(in: 1...10)) }, property: checkDelivery)
  }

  @Test("Writes that remove anything at all lead to one cell in any order, repetition and parting")
  func wildDelivery() throws {
    try checkProperty(generate: { $0.wildWrites($0.int(in: 1...10)) }, property: checkDelivery)
  }

  @Test("Merging cells of honest writes is commutative, associative and idempotent")
  func honestMerging() throws {
    try checkProperty(generate: { $0.writes($0.int(in: 1...8)) }, property: checkMerging)
  }

  @Test("Merging cells of wild writes is commutative, associative and idempotent")
  func wildMerging() throws {
    try checkProperty(generate: { $0.wildWrites($0.int(in: 1...8)) }, property: checkMerging)
  }

  @Test("A cell that forgets what was removed agrees with one that remembers, in causal order")
  func forgetting() throws {
    try checkProperty(generate: { $0.writes($0.int(in: 1...10)) }, property: checkForgetting)
  }

  private func checkForgetting(_ writes: [Write]) throws {
    var forgetful = Cell()
    for write in writes {
      forgetful.write(write.sibling, over: write.over)
      forgetful = Cell(siblings: forgetful.siblings)
    }
    let remembering = Cell(receiving: writes)
    try demandEqual(forgetful.siblings, remembering.siblings, "forgetting changes the values")
  }

  // MARK: Examples

  @Test("Two people who write unseen by each other leave both values, and who saw both settles it")
  func concurrentWrites() {
    let mine = Write(.of(0, 1), by: 0, .string("met"))
    let yours = Write(.of(1, 1), by: 1, .string("not met"))
    var cell = Cell(receiving: [mine, yours])
    #expect(cell.siblings == [yours.sibling, mine.sibling])
    #expect(cell.only == nil)
    let both = Write(.of(2, 1), by: 2, .string("met"), over: [.of(0, 1), .of(1, 1)])
    cell.write(both.sibling, over: both.over)
    #expect(cell.only == both.sibling)
  }

  @Test("A cell nobody wrote to is empty, and merging it in changes nothing")
  func empty() {
    let cell = Cell(receiving: [Write(.of(0, 1), over: [.of(1, 1)])])
    #expect(Cell().isEmpty)
    #expect(Cell().only == nil)
    #expect(!cell.isEmpty)
    #expect(cell.merging(Cell()) == cell)
    #expect(Cell().merging(cell) == cell)
  }

  @Test("Merging without mutating leaves both as they were")
  func merging() {
    let left = Cell(receiving: [Write(.of(0, 1))])
    let right = Cell(receiving: [Write(.of(1, 1), over: [.of(0, 1)])])
    let merged = left.merging(right)
    #expect(left == Cell(receiving: [Write(.of(0, 1))]))
    #expect(merged.siblings.map(\.dot) == [.of(1, 1)])
    #expect(merged.superseded == [.of(0, 1)])
  }

  @Test("A write cannot remove itself")
  func ownDot() {
    let cell = Cell(receiving: [Write(.of(0, 1), over: [.of(0, 1)])])
    #expect(cell.siblings.map(\.dot) == [.of(0, 1)])
    #expect(cell.superseded.isEmpty)
  }

  @Test("Two writes that remove each other remove both, whichever comes first")
  func circle() {
    let left = Write(.of(0, 1), over: [.of(1, 1)])
    let right = Write(.of(1, 1), over: [.of(0, 1)])
    #expect(Cell(receiving: [left, right]) == Cell(receiving: [right, left]))
    #expect(Cell(receiving: [left, right]).isEmpty)
  }

  @Test("Both sides of a fork keep their write of one counter, and each is removed by its own name")
  func fork() {
    let left = Write(.of(0, 2, branch: 1), .string("left"))
    let right = Write(.of(0, 2, branch: 2), .string("right"))
    let cell = Cell(receiving: [left, right])
    #expect(cell == Cell(receiving: [right, left]))
    #expect(Set(cell.siblings) == [left.sibling, right.sibling])
    let settled = Write(.of(1, 1), .string("left"), over: [.of(0, 2, branch: 2)])
    let after = Cell(receiving: [settled, right, left])
    #expect(Set(after.siblings) == [left.sibling, settled.sibling])
  }

  @Test("A cell from a store sorts its values, and one with a value twice is found out")
  func storedForm() {
    let left = Write(.of(0, 1), by: 0).sibling
    let right = Write(.of(1, 1), by: 1).sibling
    #expect(Cell(siblings: [left, right]) == Cell(siblings: [right, left]))
    #expect(Cell(siblings: [left, right]).brokenInvariant == nil)
    #expect(Cell(siblings: [left, right, left]).brokenInvariant != nil)
  }

  // MARK: Regressions: what two CRDT libraries got wrong

  /// One took the other's value only if its clock was later: at equal clocks both sides kept their
  /// own for ever.
  @Test("Equal clocks keep both values, in one order on both sides")
  func equalClocks() {
    let mine = Cell(receiving: [Write(.of(0, 1), by: 0, clock: 7, .int(1))])
    let yours = Cell(receiving: [Write(.of(1, 1), by: 1, clock: 7, .int(2))])
    #expect(mine.merging(yours) == yours.merging(mine))
    #expect(mine.merging(yours).siblings.count == 2)
  }

  @Test("A clock that is years ahead decides nothing")
  func wrongClock() {
    let ahead = Write(.of(0, 1), clock: .max, .string("old"))
    let after = Write(.of(1, 1), clock: .min, .string("new"), over: [.of(0, 1)])
    #expect(Cell(receiving: [ahead, after]).only == after.sibling)
    #expect(Cell(receiving: [after, ahead]).only == after.sibling)
  }

  /// The other stamped a removal with the remover's own, older clock, so that what had been removed
  /// stood there again after a merge.
  @Test("A removal by a replica whose own counter is lower is not lost")
  func lateRemoval() {
    let added = Write(.of(0, 2), .string("here"))
    let removed = Write(.of(1, 1), .bool(false), over: [.of(0, 2)])
    let adder = Cell(receiving: [added])
    let remover = Cell(receiving: [added, removed])
    #expect(adder.merging(remover).siblings == [removed.sibling])
    #expect(remover.merging(adder).siblings == [removed.sibling])
    #expect(Cell(receiving: [removed]).merging(adder).siblings == [removed.sibling])
  }

  /// The other adopted the identity of a replica that was ahead: two different edits then carried
  /// one name, and one of them vanished.
  @Test("After a merge with a replica that is ahead, a write still carries its author's own name")
  func identityIsNotMerged() {
    var seen = VersionVector([VersionVector.Entry(stream: .of(0), lastCounter: 1)])
    seen.merge(VersionVector([VersionVector.Entry(stream: .of(1), lastCounter: 9)]))
    let next = Dot.of(0, seen.lastCounter(of: .of(0)) + 1)
    let mine = Write(next, .string("mine"))
    let yours = Write(.of(1, 10), .string("yours"))
    let cell = Cell(receiving: [mine]).merging(Cell(receiving: [yours]))
    #expect(cell.siblings.map(\.value).count == 2)
    #expect(next == .of(0, 2))
    // Values and removals are all there is to merge: a cell has no place for an owner.
    #expect(Mirror(reflecting: cell).children.map(\.label) == ["siblings", "superseded"])
  }

  /// One compared a clock with itself, which is always equal.
  @Test("Equality counts the values and what was removed")
  func equality() throws {
    let write = Write(.of(0, 1), over: [.of(1, 1)])
    let cell = Cell(receiving: [write])
    let forgetful = Cell(siblings: cell.siblings)
    let other = Cell(receiving: [Write(.of(0, 1), .int(2), over: [.of(1, 1)])])
    try checkEveryPropertyCounts(cell, variants: [forgetful, other])
  }
}
