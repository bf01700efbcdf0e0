import Convergence
import TestSupport
import Testing

@Suite("Test support: shrinking")
struct Shrinking {
  @Test("Only the elements that a failure needs are left, in their order")
  func smallest() throws {
    try forEachSeed { random in
      let elements = Array(0..<random.int(in: 1...30))
      let needed = random.subset(elements)
      let left = shrunk(elements) { list in needed.allSatisfy { list.contains($0) } }
      try demandEqual(left, needed, "of \(elements.count)")
    }
  }

  @Test("A list that does not fail comes back whole")
  func passing() {
    #expect(shrunk([1, 2, 3]) { _ in false } == [1, 2, 3])
    #expect(shrunk([Int]()) { _ in true }.isEmpty)
  }

  @Test("Shrinking ends where a failure comes and goes with the length")
  func fickle() {
    let left = shrunk(Array(0..<31)) { $0.count % 2 == 1 }
    #expect(left.count % 2 == 1)
  }

  @Test("A broken property reports its seed and the smallest case as source to paste")
  func counterexample() throws {
    let failure = #expect(throws: Counterexample.self) {
      try checkProperty(seeds: 3..<9) { random in
        random.writes(9)
      } property: { writes in
        try demand(writes.count < 2, "two are too many")
      }
    }
    let counterexample = try #require(failure)
    #expect(counterexample.seed == 3)
    #expect(counterexample.originalCount == 9)
    #expect(counterexample.steps.count == 2)
    let text = counterexample.description
    #expect(text.hasPrefix("seed 3: two are too many\n"))
    #expect(text.contains("shrunk from 9 to 2 steps"))
    #expect(text.contains("    \(counterexample.steps[0]),\n"))
    #expect(text.hasSuffix("again with FIELDBOOK_SEED=3"))
  }

  @Test("A property that holds reports nothing and sees every seed")
  func holding() throws {
    var seeds: [UInt64] = []
    try checkProperty(seeds: 0..<5) { random -> [Write] in
      seeds.append(random.seed)
      return random.writes(1)
    } property: { writes in
      try demandEqual(writes.count, 1, "another count")
    }
    #expect(seeds == [0, 1, 2, 3, 4])
  }

  @Test("The source of a write is an expression that makes it again")
  func source() {
    // Each line is what `source` prints, compiled.
    let writes = [
      Write(.of(0, 1), by: 1, clock: 2, .string("a\"\n"), over: [.of(1, 2), .of(2, 3, branch: 1)]),
      Write(.of(3, 4, branch: 2), by: 0, clock: 0, .object(["k": .list([.int(-1)])]), over: []),
      Write(.of(1, 1), by: 3, clock: -5, .object([:]), over: []),
      Write(.of(1, 1), by: 3, clock: -5, .bool(false), over: []),
    ]
    let sources = [
      #"Write(.of(0, 1), by: 1, clock: 2, .string("a\"\n"), over: [.of(1, 2), .of(2, 3, branch: 1)])"#,
      #"Write(.of(3, 4, branch: 2), by: 0, clock: 0, .object(["k": .list([.int(-1)])]), over: [])"#,
      "Write(.of(1, 1), by: 3, clock: -5, .object([:]), over: [])",
      "Write(.of(1, 1), by: 3, clock: -5, .bool(false), over: [])",
    ]
    #expect(writes.map(\.source) == sources)
    let strange = Dot(replica: ReplicaID(bits: Bits128(high: 7, low: 8)), counter: 9)
    #expect(
      strange.source
        == "Dot(replica: ReplicaID(bits: Bits128(high: 7, low: 8)), counter: 9, branch: Branch(name: 0))"
    )
  }
}
