import Convergence
import TestSupport
import Testing

@Suite("Test support: chance")
struct Chance {
  @Test("The generator gives the published numbers of SplitMix64")
  func published() {
    var zero = SeededGenerator(seed: 0)
    let first: [UInt64] = [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]
    #expect(first == first.map { _ in zero.next() })
    var other = SeededGenerator(seed: 1_234_567)
    let second: [UInt64] = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]
    #expect(second == second.map { _ in other.next() })
    #expect(other.seed == 1_234_567)
  }

  @Test("One seed gives the same history again, another seed another")
  func repeatable() {
    let histories = [5, 5, 6].map { (seed: UInt64) in
      var random = SeededGenerator(seed: seed)
      return random.writes(8)
    }
    #expect(histories[0] == histories[1])
    #expect(histories[0] != histories[2])
  }

  @Test("What is drawn stays within its bounds and reaches all of them")
  func bounds() {
    var random = SeededGenerator(seed: 1)
    #expect(Set((0..<200).map { _ in random.below(3) }) == [0, 1, 2])
    #expect(Set((0..<200).map { _ in random.int(in: -1...1) }) == [-1, 0, 1])
    #expect(Set((0..<200).map { _ in random.pick(["a", "b"]) }) == ["a", "b"])
    #expect((0..<200).allSatisfy { _ in random.below(1) == 0 })
    let hits = (0..<1000).count { _ in random.chance(1, in: 4) }
    #expect((200...300).contains(hits))
  }

  @Test("Shuffling keeps every element and reaches every order")
  func shuffling() {
    var random = SeededGenerator(seed: 2)
    let orders = Set((0..<200).map { _ in random.shuffle([0, 1, 2]) })
    #expect(orders == Set(Orders.permutations(3)))
    #expect(Set(random.repeated([1, 2, 3])) == [1, 2, 3])
    #expect(Set((0..<200).map { _ in random.subset([0, 1]) }) == Set(Orders.subsets(2)))
    #expect(random.shuffle([Int]()).isEmpty)
  }

  @Test("The environment chooses the seeds: 200, fifty times as many, or one")
  func seeds() {
    #expect(Seeds.seeds(in: [:]) == 0..<200)
    #expect(Seeds.seeds(in: ["FIELDBOOK_SOAK": "1"]) == 0..<10_000)
    #expect(Seeds.seeds(in: ["FIELDBOOK_SOAK": "0"]) == 0..<200)
    #expect(Seeds.seeds(in: ["FIELDBOOK_SEED": "17", "FIELDBOOK_SOAK": "1"]) == 17..<18)
    #expect(Seeds.seeds(in: ["FIELDBOOK_SEED": "x"]) == 0..<200)
    #expect(Seeds.seeds(in: ["FIELDBOOK_SEED": "\(UInt64.max)"]) == 0..<200)
  }

  @Test("Generated histories collide: concurrent values, forks and removals are common")
  func collisions() {
    var concurrent = 0
    var forked = 0
    var removed = 0
    for seed in UInt64(0)..<200 {
      var random = SeededGenerator(seed: seed)
      let writes = random.writes(8)
      let cell = Cell(receiving: writes)
      let dots = writes.map(\.sibling.dot)
      #expect(Set(dots).count == dots.count, "seed \(seed) names two writes alike")
      concurrent += cell.siblings.count > 1 ? 1 : 0
      removed += cell.superseded.isEmpty ? 0 : 1
      let names = dots.map { Dot(replica: $0.replica, counter: $0.counter) }
      forked += Set(names).count < names.count ? 1 : 0
    }
    #expect(concurrent > 100)
    #expect(removed > 100)
    #expect(forked > 100)
  }

  @Test("The cast is distinct, and people sort the other way round than replicas")
  func cast() {
    #expect(Cast.replicas == Cast.replicas.sorted())
    #expect(Cast.people == Cast.people.sorted().reversed())
    #expect(Set(Cast.replicas).count == Cast.count)
    #expect(Set((0..<Cast.count).map(Cast.branch)).count == Cast.count)
    #expect(Cast.branch(0) == .trunk)
  }
}
