import Convergence
import SyncProtocol
import TestSupport
import Testing

@Suite("State digests")
struct StateDigestTests {
  private func sibling(_ number: UInt64, _ value: Value, cites: [Dot] = []) -> Sibling {
    Sibling(
      dot: Samples.dot(number, 1),
      person: Samples.person(number),
      clock: 7,
      value: value,
      cites: cites
    )
  }

  private func cells(_ cells: [String: [Sibling]]) throws -> MemoryCells {
    var made = MemoryCells()
    for (key, siblings) in cells {
      made.replace(Cell(siblings: siblings), for: try #require(CellKey(text: key)))
    }
    return made
  }

  @Test("The digest is over the lines that section 6.4 describes")
  func lines() throws {
    let cited = Samples.dot(3, 4)
    let state = try cells([
      "visit|title||": [sibling(1, .string("\u{E9}\"")), sibling(2, .int(1), cites: [cited])],
      "service|name||": [], "service|nation||": [sibling(1, .bool(true))],
    ])
    let (one, two) = (Samples.dot(1, 1).replica.text, Samples.dot(2, 1).replica.text)
    let (p, q) = (Samples.person(1).text, Samples.person(2).text)
    let second = "[\"\(two)\",1,\"\",\"\(q)\",7,1,[\"#\(cited)\"]]"
    let text = """
      ["service|nation||",[["\(one)",1,"","\(p)",7,true]]]
      ["visit|title||",[["\(one)",1,"","\(p)",7,"\u{E9}\\""],\(second)]]
      ["?","\(Samples.hash(1))",2]
      ["?","\(Samples.hash(2))",0]

      """
    let uninterpreted = [
      StateDigest.Uninterpreted(batch: Samples.hash(2), index: 0),
      StateDigest.Uninterpreted(batch: Samples.hash(1), index: 2),
    ]
    #expect(
      StateDigest.hash(of: state, uninterpreted: uninterpreted) == Hash256(.state, Array(text.utf8))
    )
    #expect(StateDigest.hash(of: MemoryCells(), uninterpreted: []) == Hash256(.state))
  }

  @Test("Every part of a sibling takes part")
  func sensitive() throws {
    let base = sibling(1, .int(1))
    let others = [
      sibling(1, .int(2)), sibling(2, .int(1)), sibling(1, .int(1), cites: [base.dot]),
      Sibling(dot: base.dot, person: base.person, clock: 8, value: base.value),
      Sibling(dot: Samples.dot(1, 2), person: base.person, clock: 7, value: base.value),
      Sibling(dot: Samples.dot(1, 1, branch: 9), person: base.person, clock: 7, value: base.value),
    ]
    let digests = try ([base] + others).map {
      StateDigest.hash(of: try cells(["visit|title||": [$0]]), uninterpreted: [])
    }
    #expect(Set(digests).count == digests.count)
  }
}
