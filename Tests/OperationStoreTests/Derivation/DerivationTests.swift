import Convergence
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("Deriving the state")
struct DerivationTests {
  private static let options: [History.Options] = [
    History.Options(forks: false, moves: false, roster: false),
    History.Options(people: 2, replicas: 3, forks: false, moves: false),
    History.Options(replicas: 6, batches: 18, moves: false),
    History.Options(people: 4, replicas: 5, batches: 18),
    History.Options(
      people: 2,
      replicas: 3,
      batches: 18,
      forks: false,
      moves: false,
      decisions: true
    ),
    History.Options(people: 3, replicas: 4, batches: 18, decisions: true),
  ]

  /// Every order of the same batches gives one state, and merging step by step gives what the whole
  /// log gives, after each step.
  @Test("Whatever the order of arrival, the state is that of the whole log", arguments: 0..<6)
  func orders(kind: Int) throws {
    try forEachSeed(Seeds.few) { random in
      let history = History(seed: random.next(), Self.options[kind])
      var first: Value?
      for _ in 0..<3 {
        let bench = try VisitBench(history.scene)
        for index in history.order(&random) {
          let code = try bench.admit(index).code
          try demand(["ok", "held", "fork"].contains(code), "batch \(index) is \(code)")
        }
        let merged = try bench.final()
        try bench.rederive()
        try demandEqual(merged, try bench.final(), "merged, and derived")
        if let first { try demandEqual(merged, first, "in another order") }
        first = first ?? merged
      }
    }
  }

  @Test(
    "Batches of one transaction are answered as one by one, and come to the same",
    arguments: 0..<6
  )
  func together(kind: Int) throws {
    try forEachSeed(Seeds.few) { random in
      let history = History(seed: random.next(), Self.options[kind])
      let (single, grouped) = (try VisitBench(history.scene), try VisitBench(history.scene))
      for group in VisitBench.groups(of: history.order(&random), &random) {
        let codes = try group.map { try single.admit($0).code }
        try demandEqual(try grouped.admitTogether(group), codes, "what is answered")
        try demandEqual(try grouped.final(), try single.final(), "the state")
        try demandEqual(
          try grouped.store.vector(of: grouped.visit),
          try single.store.vector(of: single.visit),
          "the vector"
        )
      }
      try grouped.rederive()
      try demandEqual(try grouped.final(), try single.final(), "derived")
    }
  }

  @Test("After each batch the merged state is the derived one")
  func steps() throws {
    try forEachSeed(Seeds.few) { random in
      let history = History(seed: random.next(), Self.options[random.below(6)])
      let bench = try VisitBench(history.scene)
      for index in history.order(&random) {
        try bench.admit(index)
        let merged = try bench.final()
        try bench.rederive()
        try demandEqual(merged, try bench.final(), "after batch \(index)")
      }
    }
  }
}
