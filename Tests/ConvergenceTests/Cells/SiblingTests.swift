import Convergence
import TestSupport
import Testing

@Suite("Siblings")
struct SiblingTests {
  private func sibling(
    _ dot: Dot = .of(0, 1),
    by person: Int = 0,
    clock: Int64 = 5,
    _ value: Value = .int(1),
    cites: [Dot] = []
  ) -> Sibling {
    Sibling(dot: dot, person: Cast.person(person), clock: clock, value: value, cites: cites)
  }

  @Test("Siblings sort by person, then by dot")
  func order() throws {
    let dots = [Dot.of(0, 1), .of(0, 2), .of(0, 2, branch: 1), .of(1, 1)]
    let siblings = (0..<3).flatMap { person in dots.map { sibling($0, by: person) } }
    try checkTotalOrder(siblings)
    #expect(sibling(.of(1, 1), by: 1) < sibling(.of(0, 1), by: 0))
    #expect(sibling(.of(0, 2), by: 1) < sibling(.of(1, 1), by: 1))
  }

  @Test("The clock, the value and the citations have no say in the order")
  func clockDecidesNothing() {
    let first = sibling(.of(0, 1), clock: .max, .int(9), cites: [.of(3, 1)])
    let second = sibling(.of(0, 2), clock: .min, .int(0))
    #expect(first < second)
    #expect(!(second < first))
  }

  @Test("Equality counts every stored property")
  func equality() throws {
    try checkEveryPropertyCounts(
      sibling(),
      variants: [
        sibling(.of(0, 2)), sibling(by: 1), sibling(clock: 6), sibling(.of(0, 1), .int(2)),
        sibling(cites: [.of(1, 1)]),
      ]
    )
  }
}
