import Convergence
import SyncProtocol
import Testing

@Suite("Lineage of forked replicas")
struct LineageTests {
  @Test("A chain goes down to the trunk, each stretch as far as the fork")
  func chain() {
    let (trunk, a, b) = (
      Samples.dot(1, 1).stream, Samples.dot(1, 1, branch: 10).stream,
      Samples.dot(1, 1, branch: 11).stream
    )
    var lineage = Lineage()
    #expect(!lineage.hasForked(trunk.replica))
    lineage.note(branch: a, from: trunk, after: 2)
    lineage.note(branch: b, from: a, after: 5)
    #expect(
      lineage.chain(b, to: 8) == [
        VersionVector.Entry(stream: b, lastCounter: 8),
        VersionVector.Entry(stream: a, lastCounter: 5),
        VersionVector.Entry(stream: trunk, lastCounter: 2),
      ]
    )
    #expect(lineage.hasForked(trunk.replica))
    #expect(!lineage.hasForked(Samples.dot(2, 1).replica))
    #expect(lineage.chain(trunk, to: 1).count == 1)
  }
}
