import Convergence
import SyncProtocol
import Testing

@Suite("References")
struct ReferencesTests {
  private let own = ReplicaID(bits: Bits128(high: 3, low: 9))

  private func references(
    branch: UInt64 = 0,
    who: [StreamID] = [],
    past: [(StreamID, Int64)],
    lineage: Lineage = Lineage()
  ) -> References {
    let batch = Batch(
      visit: Samples.visit,
      replica: own,
      number: 3,
      firstCounter: 5,
      previous: Samples.hash(1),
      deps: [],
      who: who,
      clock: 0,
      operations: [.object([:]), .object([:]), .object([:])]
    )
    let entries = past.map { VersionVector.Entry(stream: $0.0, lastCounter: $0.1) }
    return References(
      of: batch,
      branch: Branch(name: branch),
      past: VersionVector(entries),
      lineage: lineage
    )
  }

  private func pair(_ index: Int64, _ counter: Int64) -> Value {
    .list([.int(index), .int(counter)])
  }

  @Test("A counter alone is an earlier operation of the own chain")
  func ownCounters() {
    let references = references(past: [(StreamID(replica: own), 4)])
    #expect(references.dot(.int(6), at: 7) == Dot(replica: own, counter: 6))
    #expect(references.dot(.int(1), at: 7) == Dot(replica: own, counter: 1))
    for counter: Int64 in [7, 8, 0, -1, .max, .min] {
      #expect(references.dot(.int(counter), at: 7) == nil)
    }
  }

  @Test("A pair is what the past holds of a replica, and no more")
  func others() {
    let other = Samples.dot(1, 4).stream
    let references = references(
      who: [other, StreamID(replica: own), Samples.dot(2, 1).stream],
      past: [(other, 4), (StreamID(replica: own), 4)]
    )
    #expect(references.dot(pair(0, 4), at: 5) == Samples.dot(1, 4))
    #expect(references.dot(pair(1, 4), at: 5) == Dot(replica: own, counter: 4))
    let beyond: [(Int64, Int64)] = [(0, 5), (0, 0), (1, 5), (2, 1), (3, 1), (-1, 1), (.max, .max)]
    for (index, counter) in beyond {
      #expect(references.dot(pair(index, counter), at: 7) == nil, "\(index) \(counter)")
    }
  }

  @Test("Values that are no references resolve to nothing")
  func noReference() {
    let references = references(past: [])
    for value in [
      .string("1"), .bool(true), .list([]), .list([.int(0)]), .list([.int(0), .string("1")]),
      .list([.int(0), .int(1), .int(1)]), .object([:]),
    ] as [Value] {
      #expect(references.dot(value, at: 7) == nil)
    }
  }

  /// A replica that forked after counter 2, one side of which forked again after counter 5.
  private var tree: Lineage {
    let (trunk, a, b) = (Samples.dot(1, 1).stream, branch(10), branch(20))
    var lineage = Lineage()
    lineage.note(branch: a, from: trunk, after: 2)
    lineage.note(branch: b, from: trunk, after: 2)
    lineage.note(branch: branch(11), from: a, after: 5)
    lineage.note(branch: branch(12), from: a, after: 5)
    lineage.note(batch: Branch(name: 1), in: trunk, lastCounter: 2)
    lineage.note(batch: Branch(name: 10), in: a, lastCounter: 4)
    lineage.note(batch: Branch(name: 15), in: a, lastCounter: 5)
    lineage.note(batch: Branch(name: 20), in: b, lastCounter: 3)
    lineage.note(batch: Branch(name: 11), in: branch(11), lastCounter: 6)
    lineage.note(batch: Branch(name: 12), in: branch(12), lastCounter: 6)
    return lineage
  }

  private func branch(_ name: UInt64) -> StreamID { Samples.dot(1, 1, branch: name).stream }

  @Test("Without a branch, one line of a forked replica resolves, several do not")
  func unnamed() {
    let trunk = Samples.dot(1, 1).stream
    let who = [trunk]
    let one = references(
      who: who,
      past: [(trunk, 2), (branch(10), 5), (branch(11), 6)],
      lineage: tree
    )
    #expect(one.dot(pair(0, 2), at: 5) == Samples.dot(1, 2))
    #expect(one.dot(pair(0, 3), at: 5) == Samples.dot(1, 3, branch: 10))
    #expect(one.dot(pair(0, 6), at: 5) == Samples.dot(1, 6, branch: 11))
    #expect(one.dot(pair(0, 7), at: 5) == nil)
    let two = references(
      who: who,
      past: [(trunk, 2), (branch(10), 5), (branch(20), 3)],
      lineage: tree
    )
    #expect(two.dot(pair(0, 1), at: 5) == nil)
    #expect(two.dot(pair(0, 3), at: 5) == nil)
  }

  @Test("A named branch is the line of the batch whose hash begins so")
  func named() {
    let trunk = Samples.dot(1, 1).stream
    let who = [branch(10), branch(20), branch(15), branch(1), branch(12), branch(99)]
    let references = references(
      who: who,
      past: [(trunk, 2), (branch(10), 5), (branch(11), 6), (branch(20), 3)],
      lineage: tree
    )
    #expect(references.dot(pair(0, 1), at: 5) == Samples.dot(1, 1))
    #expect(references.dot(pair(0, 5), at: 5) == Samples.dot(1, 5, branch: 10))
    #expect(references.dot(pair(0, 6), at: 5) == Samples.dot(1, 6, branch: 11))
    #expect(references.dot(pair(1, 3), at: 5) == Samples.dot(1, 3, branch: 20))
    #expect(references.dot(pair(1, 4), at: 5) == nil)
    #expect(references.dot(pair(2, 3), at: 5) == Samples.dot(1, 3, branch: 10))
    // What follows the trunk's batch are two branches that both have a counter 3.
    #expect(references.dot(pair(3, 2), at: 5) == Samples.dot(1, 2))
    #expect(references.dot(pair(3, 3), at: 5) == nil)
    #expect(references.dot(pair(4, 1), at: 5) == nil, "not in the past")
    #expect(references.dot(pair(5, 1), at: 5) == nil, "no such batch")
  }

  @Test("On a branch, a counter alone leads down the own chain to the trunk")
  func ownBranch() {
    var lineage = Lineage()
    let stream = StreamID(replica: own, branch: Branch(name: 40))
    lineage.note(branch: stream, from: StreamID(replica: own), after: 3)
    let references = references(
      branch: 40,
      past: [(StreamID(replica: own), 3), (stream, 4)],
      lineage: lineage
    )
    #expect(references.dot(.int(3), at: 6) == Dot(replica: own, counter: 3))
    #expect(references.dot(.int(4), at: 6)?.branch == Branch(name: 40))
    #expect(references.dot(.int(5), at: 6)?.branch == Branch(name: 40))
  }
}
