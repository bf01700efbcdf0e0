import Convergence
import TestSupport
import Testing

@Suite("Version vectors")
struct VersionVectorTests {
  private typealias Entry = VersionVector.Entry

  /// A vector from counters of three streams, two of them of one replica that forked.
  private func vector(_ counters: [Int64]) -> VersionVector {
    let streams = [StreamID.of(0), .of(0, branch: 1), .of(1)]
    return VersionVector(
      zip(streams, counters).map { Entry(stream: $0, lastCounter: $1) }
    )
  }

  /// All lists of three counters from 0 to 2.
  private let small: [[Int64]] = (0..<27).map { [$0 / 9, $0 / 3 % 3, $0 % 3] }

  // MARK: Laws

  @Test("Every pair of vectors over three streams relates as its counters do, absent ones as 0")
  func everySmallRelation() throws {
    try withEvery("left", in: small) { left in
      try withEvery("right", in: small) { right in
        let pairs = zip(left, right)
        let model: CausalRelation =
          switch (pairs.allSatisfy { $0 >= $1 }, pairs.allSatisfy { $0 <= $1 }) {
          case (true, true): .equal
          case (true, false): .after
          case (false, true): .before
          case (false, false): .concurrent
          }
        try demandEqual(vector(left).relation(to: vector(right)), model, "the relation is wrong")
        try demandEqual(
          vector(left).merging(vector(right)),
          vector(pairs.map { max($0, $1) }),
          "the merge is wrong"
        )
      }
    }
  }

  @Test("Every small vector obeys the laws of order and merge")
  func everySmallLaw() throws {
    let vectors = small.map(vector)
    try checkPartialOrder(
      vectors,
      relation: { $0.relation(to: $1) },
      merging: { $0.merging($1) }
    )
    try checkMergeLaws(
      vectors,
      merging: { $0.merging($1) },
      brokenInvariant: { $0.brokenInvariant }
    )
  }

  @Test("Generated vectors with forks and absent replicas obey the laws of order and merge")
  func generatedLaws() throws {
    try forEachSeed { random in
      let vectors = [VersionVector()] + (0..<5).map { _ in random.versionVector() }
      try checkPartialOrder(
        vectors,
        relation: { $0.relation(to: $1) },
        merging: { $0.merging($1) }
      )
      try checkMergeLaws(
        vectors,
        merging: { $0.merging($1) },
        brokenInvariant: { $0.brokenInvariant }
      )
    }
  }

  @Test("A vector includes a dot exactly if the stream was seen that far, and keeps branches apart")
  func includesDots() throws {
    try forEachSeed { random in
      let vector = random.versionVector()
      let other = random.versionVector()
      for replica in 0..<Cast.count {
        for branch in 0..<Cast.count {
          let stream = StreamID.of(replica, branch: branch)
          let model = vector.entries.first { $0.stream == stream }?.lastCounter ?? 0
          try demandEqual(vector.lastCounter(of: stream), model, "\(stream) in \(vector)")
          for counter in Int64(1)...6 {
            let dot = Dot.of(replica, counter, branch: branch)
            try demandEqual(vector.includes(dot), counter <= model, "\(dot) in \(vector)")
            try demandEqual(
              vector.merging(other).includes(dot),
              vector.includes(dot) || other.includes(dot),
              "\(dot) in the merge of \(vector) and \(other)"
            )
          }
        }
      }
    }
  }

  @Test("Entries may come in any order and more than once")
  func anyOrder() throws {
    try forEachSeed { random in
      let entries = (0..<random.below(8)).map { _ in
        Entry(stream: random.stream(), lastCounter: Int64(random.int(in: -1...4)))
      }
      let vector = VersionVector(entries)
      let again = VersionVector(random.repeated(entries))
      try demandEqual(again, vector, "the order decides")
      try demandEqual(vector.brokenInvariant, nil, "\(vector)")
    }
  }

  @Test("Counters below 1 say nothing, and an earlier counter takes nothing back")
  func extending() {
    var vector = VersionVector()
    vector.extend(.of(0), to: 0)
    vector.extend(.of(0), to: -5)
    vector.extend(.of(0), to: .min)
    #expect(vector == VersionVector())
    vector.extend(.of(0), to: .max)
    vector.extend(.of(0), to: 3)
    #expect(vector.lastCounter(of: .of(0)) == .max)
  }

  @Test("Every way of seeing operations in causal order leads to vectors that grow")
  func growth() throws {
    try withEvery("history", in: SmallHistory.all(steps: 4, streams: 3)) { history in
      let vectors = history.steps.indices.map { step in
        VersionVector(
          (history.steps[step].seen + [step]).map {
            let dot = history.dot($0)
            return Entry(stream: dot.stream, lastCounter: dot.counter)
          }
        )
      }
      for left in vectors.indices {
        for right in vectors.indices where left != right {
          let expected: CausalRelation =
            history.precedes(left, right)
            ? .before : history.precedes(right, left) ? .after : .concurrent
          let found = vectors[left].relation(to: vectors[right])
          try demandEqual(found, expected, "step \(left) to step \(right)")
        }
      }
    }
  }

  // MARK: Regressions: what two CRDT libraries got wrong

  /// One walked the keys of the left side alone, so that a key absent there was never compared, and
  /// a test defended the answer.
  @Test("A replica that is absent counts as 0 on both sides")
  func absentReplica() {
    let one = VersionVector([Entry(stream: .of(0), lastCounter: 1)])
    let both = VersionVector([
      Entry(stream: .of(0), lastCounter: 1), Entry(stream: .of(1), lastCounter: 1),
    ])
    #expect(one.relation(to: both) == .before)
    #expect(both.relation(to: one) == .after)
    #expect(VersionVector().relation(to: one) == .before)
    #expect(one.relation(to: VersionVector()) == .after)
    #expect(VersionVector().relation(to: VersionVector()) == .equal)
    let other = VersionVector([Entry(stream: .of(1), lastCounter: 1)])
    #expect(one.relation(to: other) == .concurrent)
  }

  /// The other adopted the clock of a replica that was ahead, with its identity; from then on two
  /// edits carried one name.
  @Test("Merging with a replica that is ahead never changes what the next own operation is called")
  func identityIsNotMerged() {
    var mine = VersionVector([Entry(stream: .of(0), lastCounter: 1)])
    let ahead = VersionVector([Entry(stream: .of(1), lastCounter: 9)])
    mine.merge(ahead)
    #expect(mine.lastCounter(of: .of(0)) == 1)
    #expect(mine.lastCounter(of: .of(1)) == 9)
    // What was seen is all there is to merge: a vector has no place for an owner.
    #expect(Mirror(reflecting: mine).children.map(\.label) == ["entries"])
  }

  @Test("A branch and the trunk of one replica are compared apart, at equal counters too")
  func forks() {
    let trunk = VersionVector([Entry(stream: .of(0), lastCounter: 2)])
    let left = trunk.merging(VersionVector([Entry(stream: .of(0, branch: 1), lastCounter: 3)]))
    let right = trunk.merging(VersionVector([Entry(stream: .of(0, branch: 2), lastCounter: 3)]))
    #expect(trunk.relation(to: left) == .before)
    #expect(left.relation(to: right) == .concurrent)
    #expect(!left.includes(.of(0, 3, branch: 2)))
    #expect(left.merging(right).relation(to: right) == .after)
  }

  @Test("Equality counts every stored property")
  func equality() throws {
    let entry = Entry(stream: .of(0), lastCounter: 1)
    try checkEveryPropertyCounts(
      entry,
      variants: [Entry(stream: .of(1), lastCounter: 1), Entry(stream: .of(0), lastCounter: 2)]
    )
    try checkEveryPropertyCounts(VersionVector([entry]), variants: [VersionVector()])
  }
}
