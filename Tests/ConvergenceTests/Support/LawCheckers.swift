import Convergence
import TestSupport
import Testing

/// A checker that lets a wrong type pass is worse than none.
///
/// Here each law is broken once.
@Suite("Test support: law checkers")
struct LawCheckers {
  private let sets: [Set<Int>] = [[], [1], [2], [1, 2], [2, 3]]

  private func problem(_ check: () throws -> Void) -> String {
    do {
      try check()
      return "none"
    } catch {
      return "\(error)"
    }
  }

  private func merging(
    _ states: [Set<Int>],
    _ merging: (Set<Int>, Set<Int>) -> Set<Int>,
    brokenInvariant: (Set<Int>) -> String? = { _ in nil }
  ) -> String {
    problem { try checkMergeLaws(states, merging: merging, brokenInvariant: brokenInvariant) }
  }

  // MARK: Merge

  @Test("A union of sets passes as a merge")
  func union() {
    #expect(merging(sets) { $0.union($1) } == "none")
  }

  @Test("A merge that keeps its own side is not commutative")
  func keepsOwn() {
    #expect(merging(sets) { left, _ in left }.contains("not commutative"))
  }

  @Test("A merge that empties what is merged twice is not idempotent")
  func emptiesItself() {
    #expect(merging(sets) { $0.symmetricDifference($1) }.contains("not idempotent"))
  }

  @Test("A merge that meets half way changes what it merged already")
  func halfWay() {
    let problem = problem {
      try checkMergeLaws([0, 4, 16], merging: { ($0 + $1) / 2 }, brokenInvariant: { _ in nil })
    }
    #expect(problem.contains("merging again changes something"))
  }

  @Test("Rock, paper, scissors is commutative and idempotent, and not associative")
  func rockPaperScissors() {
    let winner: (Int, Int) -> Int = { ($0 + 1) % 3 == $1 ? $1 : $0 }
    let problem = problem {
      try checkMergeLaws([0, 1, 2], merging: winner, brokenInvariant: { _ in nil })
    }
    #expect(problem.contains("not associative"))
  }

  @Test("A merge that breaks the invariant is found, and so is a state that does")
  func invariants() {
    let atMostTwo: (Set<Int>) -> String? = { $0.count > 2 ? "three" : nil }
    #expect(merging(sets, { $0.union($1) }, brokenInvariant: atMostTwo).contains("merging"))
    let one = merging([[1, 2, 3]], { $0.union($1) }, brokenInvariant: atMostTwo)
    #expect(one.contains("a state breaks the invariant: three"))
  }

  /// A register that takes the other's value only if its clock is later.
  private struct LastWriter: Hashable {
    var clock: Int
    var value: String

    func merging(_ other: LastWriter) -> LastWriter { other.clock > clock ? other : self }
  }

  @Test("A last-writer register whose clocks tie is refused")
  func equalClocks() {
    let problem = problem {
      try checkMergeLaws(
        [LastWriter(clock: 1, value: "a"), LastWriter(clock: 1, value: "b")],
        merging: { $0.merging($1) },
        brokenInvariant: { _ in nil }
      )
    }
    #expect(problem.contains("not commutative"))
  }

  // MARK: Partial order

  private func ordering(_ relation: (Set<Int>, Set<Int>) -> CausalRelation) -> String {
    problem { try checkPartialOrder(sets, relation: relation, merging: { $0.union($1) }) }
  }

  private func inclusion(_ left: Set<Int>, _ right: Set<Int>) -> CausalRelation {
    switch (left.isSuperset(of: right), right.isSuperset(of: left)) {
    case (true, true): .equal
    case (true, false): .after
    case (false, true): .before
    case (false, false): .concurrent
    }
  }

  @Test("Inclusion of sets passes as a partial order")
  func inclusionPasses() {
    #expect(ordering(inclusion) == "none")
  }

  @Test("A relation in which nothing equals itself is refused")
  func irreflexive() {
    #expect(ordering { $0 == $1 ? .before : inclusion($0, $1) }.contains("not equal to itself"))
  }

  @Test("A relation that both sides see alike is refused")
  func unreversed() {
    let seenAlike: (Set<Int>, Set<Int>) -> CausalRelation = {
      inclusion($0, $1) == .after ? .before : inclusion($0, $1)
    }
    #expect(ordering(seenAlike).contains("not the reverse"))
  }

  @Test("A relation that calls different states equal is refused")
  func confused() {
    let bySize: (Set<Int>, Set<Int>) -> CausalRelation = {
      $0.count == $1.count ? .equal : $0.count < $1.count ? .before : .after
    }
    #expect(ordering(bySize).contains("== disagree"))
  }

  @Test("A relation that says concurrent where one side is merely absent is refused by the merge")
  func absentCountsForNothing() {
    // What the library of the regression tests did: it looked at the left side's keys alone.
    let leftKeysAlone: (Set<Int>, Set<Int>) -> CausalRelation = {
      $0 == $1 ? .equal : .concurrent
    }
    #expect(ordering(leftKeysAlone).contains("changes nothing, yet a is concurrent b"))
  }

  @Test("A relation that goes round in a circle is refused")
  func circle() {
    let circle: (Int, Int) -> CausalRelation = {
      $0 == $1 ? .equal : ($0 + 1) % 3 == $1 ? .before : .after
    }
    let problem = problem {
      try checkPartialOrder(
        [0, 1, 2],
        relation: circle,
        merging: { circle($0, $1) == .before ? $1 : $0 }
      )
    }
    #expect(problem.contains("not transitive"))
  }

  @Test("A merge that holds more than both sides is refused")
  func tooMuch() {
    let problem = problem {
      try checkPartialOrder(
        sets + [[1, 2, 9]],
        relation: inclusion,
        merging: { $0 == [1] && $1 == [2] || $0 == [2] && $1 == [1] ? [1, 2, 9] : $0.union($1) }
      )
    }
    #expect(problem.contains("what neither has seen"))
  }

  // MARK: Total order and equality

  private struct ByLength: Comparable {
    let text: String

    static func < (left: ByLength, right: ByLength) -> Bool { left.text.count < right.text.count }
  }

  @Test("An order that cannot tell different values apart is no total order")
  func ties() {
    #expect(problem { try checkTotalOrder([1, 2, 3]) } == "none")
    let ties = problem { try checkTotalOrder([ByLength(text: "a"), ByLength(text: "b")]) }
    #expect(ties.contains("not exactly one"))
  }

  private struct Forgetful: Hashable {
    var clock: Int
    var value: Int

    // The library of the regression tests compared a clock with itself.
    static func == (left: Forgetful, right: Forgetful) -> Bool { left.value == right.value }
    func hash(into hasher: inout Hasher) { hasher.combine(value) }
  }

  @Test("An equality that forgets a property is refused, and so is a property without a variant")
  func forgottenProperty() {
    let original = Forgetful(clock: 1, value: 1)
    let byClock = Forgetful(clock: 2, value: 1)
    let byValue = Forgetful(clock: 1, value: 2)
    let both = Forgetful(clock: 2, value: 2)
    #expect(
      problem { try checkEveryPropertyCounts(original, variants: [byValue, byClock]) }
        .contains("equality ignores clock")
    )
    #expect(
      problem { try checkEveryPropertyCounts(original, variants: [byValue]) }
        .contains("no variant changes clock")
    )
    #expect(
      problem { try checkEveryPropertyCounts(original, variants: [both]) }
        .contains("not one property")
    )
    let point = Dot.of(0, 1)
    #expect(
      problem {
        try checkEveryPropertyCounts(point, variants: [.of(1, 1), .of(0, 2), .of(0, 1, branch: 1)])
      } == "none"
    )
  }
}
