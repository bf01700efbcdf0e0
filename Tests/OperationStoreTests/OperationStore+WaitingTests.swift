import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("Batches that wait")
struct OperationStoreWaitingTests {
  /// Batch 0 of the authority, 1 to 3 of replica 1, 4 of replica 2 behind 3.
  private func scene() -> Scene {
    var scene = Scene()
    scene.certify(Names.authority, of: nil)
    for number in 1...2 { scene.certify(number, of: number) }
    scene.seal(Scene.founding(["lead", "peer"]), by: Names.authority)
    scene.seal([Scene.judgement(of: 1, "met")], by: 1, deps: [0])
    scene.seal([Scene.judgement(of: 1, "met", standard: "B")], by: 1, after: 1)
    scene.seal([Scene.judgement(of: 1, "met", standard: "C")], by: 1, after: 2)
    scene.seal([Scene.judgement(of: 2, "not-met")], by: 2, deps: [0, 3])
    return scene
  }

  private func keep(_ index: Int, _ scene: Scene, _ bench: VisitBench) throws -> Bool {
    let sealed = scene.entries[index].sealed
    let certificate = try bench.store.certificate(of: scene.entries[index].batch.replica)
    let verified = try VerifiedBatch(sealed) { _ in certificate }
    let store = bench.store
    return try store.transaction { () throws(StoreError) in
      try store.keepWaiting(verified, received: Names.clock)
    }
  }

  @Test("They come in by themselves behind what they wait for, whole chains at once")
  func chain() throws {
    let scene = scene()
    let bench = try VisitBench(scene)
    for index in [4, 3, 2] { #expect(try keep(index, scene, bench)) }
    try bench.admit(0)
    #expect(try bench.store.waitingCount(of: Names.visit) == 3)
    let needs = try bench.store.waiting().flatMap(\.needs)
    #expect(needs.map(\.number) == [1])
    #expect(needs.map(\.lastCounter) == [1])
    try bench.admit(1)
    #expect(try bench.store.waitingCount() == 0)
    #expect(try bench.store.logDigest(of: Names.visit).position == 5)
    #expect(try bench.store.unsent(of: Names.visit).count == 5)
  }

  @Test("They wait across opening the store again")
  func reopened() throws {
    try StoreKind.file.withLocation { location in
      let scene = scene()
      do {
        let bench = try VisitBench(scene, at: location)
        try bench.admit(0)
        #expect(try keep(2, scene, bench))
      }
      let bench = try VisitBench(scene, at: location)
      #expect(try bench.store.waitingCount() == 1)
      try bench.admit(1)
      #expect(try bench.store.waitingCount() == 0)
      #expect(try bench.store.logDigest(of: Names.visit).position == 3)
    }
  }

  @Test("One that comes the ordinary way waits no longer")
  func comesAnyway() throws {
    let scene = scene()
    let bench = try VisitBench(scene)
    #expect(try keep(1, scene, bench))
    try bench.admit(0)
    for index in 1...4 { try bench.admit(index) }
    #expect(try bench.store.waitingCount() == 0)
    #expect(try bench.store.logDigest(of: Names.visit).position == 5)
  }

  @Test("What waits takes no part in anything")
  func noPart() throws {
    let scene = scene()
    let bench = try VisitBench(scene)
    try bench.admit(0)
    let digest = try bench.store.logDigest(of: Names.visit)
    let state = try bench.store.stateDigest(of: Names.visit)
    for index in 2...4 { #expect(try keep(index, scene, bench)) }
    #expect(try bench.store.logDigest(of: Names.visit) == digest)
    #expect(try bench.store.stateDigest(of: Names.visit) == state)
    #expect(try bench.store.unsent(of: Names.visit).count == 1)
  }

  @Test("One that contradicts what it waited for is kept for rescue and stops nothing")
  func contradiction() throws {
    let scene = scene()
    // Number 3 behind number 1: its own author signed it, and no log takes it.
    let first = scene.entries[1]
    let line = JSONLine.object([
      ("v", .int(1)), ("visit", .string(Names.visit.text)),
      ("replica", .string(Names.replica(1).text)), ("b", .int(3)), ("n", .int(2)),
      ("prev", .string(first.hash.text)), ("t", .int(0)),
      ("ops", .list([.object(["k": .string("later")])])),
    ])
    let sealed = SealedBatch(line: line, signature: try Names.key(1).sign(Hash256(.batch, line)))
    let bench = try VisitBench(scene)
    let store = bench.store
    let certificate = try store.certificate(of: Names.replica(1))
    let verified = try VerifiedBatch(sealed) { _ in certificate }
    #expect(
      try store.transaction { () throws(StoreError) in
        try store.keepWaiting(verified, received: 0)
      }
    )
    for index in 0...4 { try bench.admit(index) }
    #expect(try store.waitingCount() == 0)
    #expect(try store.rescuedCount(of: Names.visit) == 1)
    #expect(try store.logDigest(of: Names.visit).position == 5)
  }
}
