import Convergence
import TestSupport
import Testing

@Suite("Test support: every case")
struct EveryCase {
  @Test("Permutations, subsets and interleavings are all there, once each")
  func counts() {
    #expect((0...5).map { Set(Orders.permutations($0)).count } == [1, 1, 2, 6, 24, 120])
    #expect((0...5).map { Set(Orders.subsets($0)).count } == [1, 2, 4, 8, 16, 32])
    #expect(Set(Orders.interleavings(of: [2, 2])).count == 6)
    #expect(Set(Orders.interleavings(of: [1, 2, 3])).count == 60)
    #expect(Orders.interleavings(of: []) == [[]])
    #expect(Orders.interleavings(of: [2, 1]) == [[0, 0, 1], [0, 1, 0], [1, 0, 0]])
  }

  @Test("Linear extensions are the permutations in which what precedes comes first")
  func linearExtensions() throws {
    try withEvery("history", in: SmallHistory.all(steps: 4, streams: 3)) { history in
      let model = Orders.permutations(4).filter { order in
        order.indices.allSatisfy { later in
          order[later...].allSatisfy { !history.precedes($0, order[later]) }
        }
      }
      try demandEqual(history.linearExtensions, model, "the orders differ")
      var random = SeededGenerator(seed: 3)
      let order = Orders.linearExtension(4, using: &random, precedes: history.precedes)
      try demand(model.contains(order), "\(order) is none of them")
    }
  }

  @Test("In a small history an author has seen all their own, and all that what they saw had seen")
  func histories() throws {
    try withEvery("history", in: SmallHistory.all(steps: 4, streams: 3)) { history in
      for (index, step) in history.steps.enumerated() {
        let own = (0..<index).filter { history.steps[$0].stream == step.stream }
        try demand(Set(own).isSubset(of: step.seen), "step \(index) forgot its author's own")
        for seen in step.seen {
          let past = history.steps[seen].seen
          try demand(Set(past).isSubset(of: step.seen), "step \(index) lacks what \(seen) had seen")
        }
      }
      for naming in SmallHistory.Naming.allCases {
        let dots = Set(history.steps.indices.map { history.dot($0, naming: naming) })
        try demandEqual(dots.count, 4, "two steps have one name")
      }
    }
  }

  @Test("A history is shown in a line, with what each author had seen")
  func text() {
    let history = SmallHistory([
      .init(stream: 0, seen: []), .init(stream: 1, seen: [0]), .init(stream: 0, seen: [0, 1]),
    ])
    #expect(history.description == "0 1(0) 0(0,1)")
    #expect(history.dot(2) == .of(0, 2))
    #expect(history.dot(1, naming: .fork) == .of(0, 1, branch: 1))
    #expect(history.person(1) == 1)
    #expect(history.person(1, naming: .onePerson) == 0)
  }

  @Test("A failure inside nested cases names the whole combination and its cause")
  func labels() {
    let failure = #expect(throws: LabelledFailure.self) {
      try withEvery("left", in: 1...3) { left in
        try withEvery("right", in: ["a", "b"]) { right in
          try demand(left != 2 || right != "b", "they meet")
        }
      }
    }
    #expect(failure?.description == "left = 2, right = b: they meet")
  }

  @Test("A failure with a seed names the seed")
  func seedLabel() {
    let failure = #expect(throws: LabelledFailure.self) {
      try forEachSeed(0..<50) { random in try demand(random.seed != 41, "unlucky") }
    }
    #expect(failure?.description == "seed = 41: unlucky")
  }
}
