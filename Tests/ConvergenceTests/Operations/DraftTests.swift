import Convergence
import TestSupport
import Testing

@Suite("Drafts")
struct DraftTests {
  @Test("A draft carries what it will do and what its author considered")
  func content() {
    let assignment = Assignment(record: .named("visit"), field: "title", value: .string("x"))
    let addition = Addition(type: "finding")
    #expect(Draft(assignment).action == .set(assignment))
    #expect(Draft(addition).action == .add(addition))
    #expect(Draft(assignment).cites.isEmpty)
    #expect(Draft(addition, cites: [.of(1, 2)]).cites == [.of(1, 2)])
  }

  @Test("Equality counts every stored property")
  func equality() throws {
    try checkEveryPropertyCounts(
      Draft(Addition(type: "a")),
      variants: [Draft(Addition(type: "b")), Draft(Addition(type: "a"), cites: [.of(0, 1)])]
    )
  }
}
