import Convergence
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("Declared gaps")
struct LostBatchesTests {
  private static let options: [History.Options] = [
    History.Options(forks: false, moves: false, roster: false),
    History.Options(people: 2, replicas: 3, forks: false, moves: false),
    History.Options(replicas: 6, batches: 18, moves: false),
    History.Options(people: 4, replicas: 5, batches: 18),
  ]

  /// What a store shows: state, effects, and the height of every operation.
  private func picture(_ bench: VisitBench) throws -> Value {
    let history = try bench.store.history(of: bench.visit).entries.map { entry in
      Value.list([
        .string("\(entry.operation.dot)"), .int(entry.height), .string(entry.batch?.text ?? ""),
      ])
    }
    return .list([try bench.final(), .list(history)])
  }

  @Test(
    "Whatever was lost, and whenever it is found, what follows counts, and all come to the same",
    arguments: 0..<4
  )
  func anyOrder(kind: Int) throws {
    try forEachSeed(Seeds.few) { random in
      let history = History(seed: random.next(), Self.options[kind])
      let losses = Losses(of: history.scene, &random)
      let found = random.subset(losses.lost.sorted())
      var first: (picture: Value, admitted: Set<Int>)?
      for arrival in 0..<3 {
        let bench = try VisitBench(losses.scene)
        var admitted: [Int]
        if arrival == 0 {
          // First everything that is held, then what is found.
          admitted = try losses.deliver(random.shuffle(losses.held), to: bench)
          try demandEqual(admitted.count, losses.held.count, "all that is held is admitted")
          admitted += try losses.deliver(random.shuffle(found), to: bench)
        } else {
          admitted = try losses.deliver(random.shuffle(losses.held + found), to: bench)
        }
        let shown = try picture(bench)
        try bench.rederive()
        try demandEqual(shown, try picture(bench), "merged, and derived")
        if let first {
          try demandEqual(Set(admitted), first.admitted, "what is admitted in another order")
          try demandEqual(shown, first.picture, "in another order")
        }
        first = first ?? (shown, Set(admitted))
      }
    }
  }

  @Test(
    "With gaps, too, one transaction comes to the same as one batch at a time",
    arguments: 0..<4
  )
  func together(kind: Int) throws {
    try forEachSeed(Seeds.few) { random in
      let history = History(seed: random.next(), Self.options[kind])
      let losses = Losses(of: history.scene, &random)
      let (single, grouped) = (try VisitBench(losses.scene), try VisitBench(losses.scene))
      // Twice, since some wait for others the first time.
      let order = losses.declarations + losses.held + losses.held
      for group in VisitBench.groups(of: order, &random) {
        let codes = try group.map { try single.admit($0).code }
        try demandEqual(try grouped.admitTogether(group), codes, "what is answered")
        try demandEqual(try picture(grouped), try picture(single), "what is seen")
      }
    }
  }

  @Test("When all that was lost is found, everything is as if nothing had been", arguments: 0..<4)
  func allFound(kind: Int) throws {
    try forEachSeed(Seeds.few) { random in
      let history = History(seed: random.next(), Self.options[kind])
      let losses = Losses(of: history.scene, &random)
      let plain = try VisitBench(losses.scene)
      for index in losses.scene.entries.indices { try plain.admit(index) }
      let bench = try VisitBench(losses.scene)
      _ = try losses.deliver(random.shuffle(losses.held), to: bench)
      _ = try losses.deliver(random.shuffle(losses.lost.sorted()), to: bench)
      try demandEqual(try picture(bench), try picture(plain), "with a gap, and without")
      try demandEqual(
        try bench.store.vector(of: bench.visit),
        try plain.store.vector(of: bench.visit),
        "the vector"
      )
      try demandEqual(try bench.store.openGaps(of: bench.visit), [], "no gap is open")
    }
  }

  @Test("A store that is opened anew for every step goes on as one that stays open")
  func reopened() throws {
    try StoreKind.file.withLocation { location in
      var random = SeededGenerator(seed: 4)
      let losses = Losses(of: History(seed: 12, Self.options[2]).scene, &random)
      let steady = try VisitBench(losses.scene)
      for index in losses.declarations + losses.held + losses.lost.sorted() {
        let code = try VisitBench(losses.scene, at: location).admit(index).code
        #expect(try steady.admit(index).code == code)
        #expect(try VisitBench(losses.scene, at: location).final() == steady.final())
      }
    }
  }

  // Found by the simulator: the device could not take in what built on such work, and never synced again.
  @Test("A stream that is lost from its start needs no certificate")
  func uncertified() throws {
    try StoreKind.file.withLocation { location in
      var scene = Scene()
      scene.certify(1, of: 1)
      scene.certify(Names.authority, of: nil)
      let title = Scene.set(.string("visit"), "title", .string("a"))
      let lost = scene.seal([title, title], by: 3)
      let end = scene.entries[lost].dependency
      let gap = Gap(end: end, number: 1, after: nil)
      let value = Value.object(["because": .string("Lost."), "gaps": .list([gap.value])])
      let declaration = scene.seal(
        [Scene.set(.string("visit"), "gap", value, slot: gap.replica.text)],
        by: Names.authority
      )
      let work = scene.seal([title], by: 1, deps: [lost])
      let more = scene.seal([title], by: 1, after: work)
      let bench = try VisitBench(scene, at: location)
      let codes = try [declaration, work, more].map { try bench.admit($0).code }
      #expect(codes == ["ok", "held", "held"])
      let again = try VisitBench(scene, at: location)
      #expect(try again.store.vector(of: again.visit) == bench.store.vector(of: bench.visit))
      #expect(try again.store.openGaps(of: again.visit) == [end])
      #expect(try again.final() == bench.final())
    }
  }

  @Test("Work goes on behind a gap: what is sealed names the batches that are there")
  func writing() throws {
    let (one, two) = (try Device(1), try Device(2))
    var scene = Scene()
    let title = Scene.set(.string("visit"), "title", .string("a"))
    let start = scene.seal([title, title], by: 3)
    let lost = scene.seal([title, title, title], by: 3, after: start)
    let end = scene.seal([title], by: 3, after: lost)
    let gap = Gap(
      end: scene.entries[lost].dependency,
      number: 2,
      after: scene.entries[start].dependency
    )
    let value = Value.object(["because": .string("Lost."), "gaps": .list([gap.value])])
    let said = scene.seal(
      [Scene.set(.string("visit"), "gap", value, slot: gap.replica.text)],
      by: Names.authority
    )
    for device in [one, two] {
      for index in [start, said, end] { try device.admit(scene.entries[index].sealed) }
      #expect(try device.store.openGaps(of: device.visit) == [gap.end])
    }
    let vector = try one.store.vector(of: one.visit)
    #expect(vector.lastCounter(of: StreamID(replica: gap.replica)) == 6)
    let dot = try one.write(Device.title("b"))[0]
    try one.seal()
    let batch = try #require(
      try one.store.entries(of: one.visit, after: 3).entries.first.map {
        try Batch(line: $0.sealed.line)
      }
    )
    #expect(batch.deps.contains(scene.entries[end].dependency))
    try two.admit(scene.entries[lost].sealed)
    try two.pull(from: one)
    try one.admit(scene.entries[lost].sealed)
    #expect(try one.picture().cells == two.picture().cells)
    #expect(try one.picture().vector == two.picture().vector)
    let heights = try one.store.history(of: one.visit).entries.filter { $0.operation.dot == dot }
    #expect(heights.map(\.height) == [7])
  }
}
