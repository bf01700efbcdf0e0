import Convergence
import SyncProtocol
import Testing

@Suite("Results")
struct BatchResultTests {
  private static let dependency = Dependency(
    replica: ReplicaID(bits: Bits128(high: 1, low: 1)),
    lastCounter: 3,
    hashPrefix: .zero
  )

  private static let outcomes: [BatchResult.Outcome] =
    [
      .ok(position: 1), .duplicate(position: 2), .gap(next: 3), .missing([dependency]),
      .missing([]), .fork(position: 4), .late(position: 5), .held(position: Limits.greatestInteger),
    ] + ProtocolError.Code.allCases.map(BatchResult.Outcome.bad)

  @Test("Every result is read as it was written", arguments: outcomes)
  func roundTrip(outcome: BatchResult.Outcome) throws {
    let full = BatchResult(
      visit: Samples.visit,
      replica: Self.dependency.replica,
      number: 9,
      outcome: outcome
    )
    let bare = BatchResult(visit: nil, replica: nil, number: nil, outcome: outcome)
    for result in [full, bare] {
      #expect(try BatchResult(result.value) == result)
      #expect(result.value["code"]?.string == outcome.code)
    }
  }

  @Test("A position is where the batch is on disk, and nowhere else")
  func positions() {
    #expect(Self.outcomes.compactMap(\.position) == [1, 2, 4, 5, Limits.greatestInteger])
  }

  @Test("A result without what a client must act on is malformed")
  func refused() {
    for value in [
      .object([:]), .object(["code": .string("ok")]), .object(["code": .string("gap")]),
      .object(["code": .string("ok"), "at": .int(0)]), .object(["code": .string("missing")]),
      .object(["code": .string("bad")]), .object(["code": .string("bad"), "why": .string("?")]),
      .object(["code": .string("ok"), "at": .int(1), "visit": .string("?")]), .list([]),
      .object(["code": .string("missing"), "deps": .list([.string("?")])]),
    ] as [Value] {
      #expect(throws: ProtocolError.self) { try BatchResult(value) }
    }
  }
}
