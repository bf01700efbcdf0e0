import Convergence
import SyncProtocol
import Testing

@Suite("Summaries of visits")
struct VisitSummaryTests {
  private func summary(_ number: UInt64) -> VisitSummary {
    VisitSummary(
      visit: VisitID(bits: Bits128(high: 0, low: number)),
      title: "Visit \(number)",
      role: "lead",
      digest: LogDigest(position: 3, hash: Samples.hash(number)),
      framework: .object(["id": .string("x")])
    )
  }

  @Test("A list is read as it was written", arguments: [0, 1, 3])
  func roundTrip(count: Int) throws {
    let visits = (0..<count).map { summary(UInt64($0)) }
    #expect(try VisitSummary.visits(body: VisitSummary.body(visits)) == visits)
  }

  @Test("What is no list of visits is malformed")
  func refused() {
    for body in ["", "{}", "{\"visits\":{}}", "{\"visits\":[{}]}", "[]"] {
      #expect(throws: ProtocolError.self) { try VisitSummary.visits(body: Array(body.utf8)) }
    }
  }
}
