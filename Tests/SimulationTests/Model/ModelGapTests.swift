import Convergence
import OperationStore
import Simulation
import SyncProtocol
import TestSupport
import Testing

/// Lost batches in the model and in a store, over histories by chance.
@Suite("Declared gaps, in the model and in a store")
struct ModelGapTests {
  private static let seeds =
    Seeds.all.count < 4 ? Array(Seeds.all) : Seeds.all.filter { $0 % 16 == 0 }

  @Test(
    "Whatever is lost, declared and found in whatever order, a store comes to what the model says",
    arguments: ["plain", "forks", "moves", "roster", "all", "liars"]
  )
  func agreement(kind: String) throws {
    try forEachSeed(Self.seeds) { random in
      let options = ModelHistory.Options(
        batches: random.int(in: 6...18),
        people: random.int(in: 2...4),
        devices: random.int(in: 2...5),
        hasForks: ["forks", "all", "liars"].contains(kind),
        hasMoves: ["moves", "all", "liars"].contains(kind),
        hasRoster: ["roster", "all", "liars"].contains(kind),
        hasLiars: kind == "liars"
      )
      var scene = ModelHistory(seed: random.next(), options).scene
      let lost = Set(scene.entries.indices.filter { $0 > 0 && random.chance(1, in: 4) })
      let held = scene.declare(lost, &random, lies: kind == "liars")
      for batches in [held, held + random.subset(lost.sorted()), Array(scene.entries.indices)] {
        var first: OperationStore?
        for arrival in 1...2 {
          let (store, lines) = try scene.store(delivering: random.shuffle(batches))
          let model = try ModelVisit(visit: ModelScene.visit, lines: lines, people: scene.people)
          try FinalChecks.stateEqualsModel(store: store, visit: ModelScene.visit, model: model)
          try FinalChecks.chainsAndDigests(
            store: store,
            visit: ModelScene.visit,
            checksSignatures: false
          )
          try FinalChecks.logOrder(store: store, visit: ModelScene.visit)
          if kind != "liars" {
            try demand(lines.count >= held.count, "arrival \(arrival): something is stuck")
          }
          if let first {
            try FinalChecks.replicasEqual(
              [("the first", first), ("the second", store)],
              visit: ModelScene.visit
            )
          }
          first = first ?? store
        }
      }
    }
  }
}

extension ModelScene {
  private static let second = 92

  /// Declares the gaps that the loss of some batches leaves in what builds on them.
  ///
  /// - Returns: The batches that are not lost, the declarations with them.
  fileprivate mutating func declare(
    _ lost: Set<Int>,
    _ random: inout SeededGenerator,
    lies: Bool
  ) -> [Int] {
    let history = entries
    var ends: Set<Int> = []
    for (index, entry) in history.enumerated() where !lost.contains(index) {
      let names = entry.deps + (entry.previous.map { [$0] } ?? [])
      ends.formUnion(names.filter(lost.contains))
    }
    certify(Self.second, of: nil)
    var last: Int?
    for end in random.shuffle(ends.sorted() + random.subset(ends.sorted())) {
      var before = history[end].previous
      while let index = before, lost.contains(index),
        !(ends.contains(index) && random.chance(1, in: 2))
      {
        before = history[index].previous
      }
      // An operator who takes another branch for the one that was lost.
      let liars = history.indices.filter {
        history[$0].content.replica == history[end].content.replica
          && history[$0].content.lastCounter < history[end].content.lastCounter
      }
      if lies, !liars.isEmpty, random.chance(1, in: 3) { before = random.pick(liars) }
      let gap = Gap(
        end: name(of: end),
        number: random.chance(1, in: 2) ? history[end].content.number : nil,
        after: before.map { name(of: $0) }
      )
      let value = Value.object(["because": .string("Lost."), "gaps": .list([gap.value])])
      let declaration = Self.set("visit", "gap", value, ["s": .string(gap.replica.text)])
      last = seal([declaration], by: Self.second, after: last)
    }
    return entries.indices.filter { !lost.contains($0) }
  }

  /// A store to which batches are presented again and again until no more is admitted, and the
  /// lines of what it holds.
  fileprivate func store(
    delivering indices: [Int]
  ) throws -> (store: OperationStore, lines: [[UInt8]]) {
    let store = try store([])
    var waiting = indices
    var lines: [[UInt8]] = []
    var isMoving = true
    while isMoving {
      isMoving = false
      var left: [Int] = []
      for index in waiting {
        let replica = entries[index].content.replica
        let certificate = try store.certificate(of: replica)
        let verified = try VerifiedBatch(entries[index].sealed) { _ in certificate }
        let outcome = try store.transaction { () throws(StoreError) in
          try store.admit(verified, received: Self.clock)
        }
        switch outcome {
        case .ok, .held, .fork:
          lines.append(entries[index].sealed.line)
          isMoving = true
        case .gap, .missing: left.append(index)
        default: throw BrokenLaw("batch \(index) is \(outcome.code)")
        }
      }
      waiting = left
    }
    return (store, lines)
  }
}
