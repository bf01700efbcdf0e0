import Convergence
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("Admission")
struct OperationStoreAdmissionTests {
  /// Batches 0 (authority), 1 to 3 of replica 1, 4 of replica 2 on 0 and 2, 5 a branch beside 2.
  private func scene() -> Scene {
    var scene = Scene()
    scene.certify(Names.authority, of: nil)
    for number in 1...3 { scene.certify(number, of: number) }
    scene.seal(Scene.founding(["lead", "peer"]), by: Names.authority)
    scene.seal([Scene.judgement(of: 1, "met")], by: 1, deps: [0])
    scene.seal([Scene.judgement(of: 1, "met", standard: "B")], by: 1, after: 1)
    scene.seal([Scene.judgement(of: 1, "met", standard: "C")], by: 1, after: 2)
    scene.seal([Scene.judgement(of: 2, "not-met")], by: 2, deps: [0, 2])
    scene.seal([Scene.judgement(of: 1, "met", standard: "D")], by: 1, after: 1)
    scene.seal([Scene.judgement(of: 3, "met")], by: 3, deps: [0])
    return scene
  }

  @Test("Each outcome of section 3.4", arguments: StoreKind.allCases)
  func outcomes(kind: StoreKind) throws {
    try kind.withLocation { location in
      let scene = scene()
      let bench = try VisitBench(scene, at: location)
      func outcome(_ index: Int) throws -> BatchResult.Outcome? { try bench.admit(index).outcome }
      #expect(try outcome(1) == .missing([scene.entries[0].dependency]))
      #expect(try outcome(3) == .gap(next: 1))
      #expect(try outcome(0) == .ok(position: 1))
      #expect(try outcome(3) == .gap(next: 1))
      #expect(try outcome(1) == .ok(position: 2))
      #expect(try outcome(3) == .gap(next: 2))
      #expect(try outcome(4) == .missing([scene.entries[2].dependency]))
      #expect(try outcome(2) == .ok(position: 3))
      #expect(try outcome(4) == .ok(position: 4))
      #expect(try outcome(5) == .fork(position: 5))
      #expect(try outcome(3) == .ok(position: 6))
      #expect(try outcome(6) == .held(position: 7))
      for (index, position) in [(0, 1), (1, 2), (2, 3), (4, 4), (5, 5), (3, 6), (6, 7)] {
        #expect(try outcome(index) == .duplicate(position: Int64(position)))
      }
      #expect(try bench.store.logDigest(of: Names.visit).position == 7)
    }
  }

  @Test("Numbers that do not follow on are a bad chain; nothing of it is kept")
  func chain() throws {
    let scene = scene()
    let bench = try VisitBench(scene)
    for index in 0...1 { try bench.admit(index) }
    let (authority, first) = (scene.entries[0], scene.entries[1])
    let digest = try bench.store.logDigest(of: Names.visit)
    let lines: [(number: Int64, counter: Int64, previous: Hash256)] = [
      (3, 2, first.hash), (2, 3, first.hash), (2, 2, authority.hash),
    ]
    for line in lines {
      let bytes = JSONLine.object([
        ("v", .int(1)), ("visit", .string(Names.visit.text)),
        ("replica", .string(Names.replica(1).text)), ("b", .int(line.number)),
        ("n", .int(line.counter)), ("prev", .string(line.previous.text)), ("t", .int(0)),
        ("ops", .list([.object(["k": .string("x")])])),
      ])
      let signature = try Names.key(1).sign(Hash256(.batch, bytes))
      let certificate = try bench.store.certificate(of: Names.replica(1))
      let sealed = SealedBatch(line: bytes, signature: signature)
      let verified = try VerifiedBatch(sealed) { _ in certificate }
      let outcome = try bench.store.transaction { () throws(StoreError) in
        try bench.store.admit(verified, received: 0)
      }
      #expect(outcome == .bad(.chain))
    }
    #expect(try bench.store.logDigest(of: Names.visit) == digest)
  }

  @Test("A batch of a visit that is not here is bad, and makes no visit")
  func visit() throws {
    let scene = scene()
    let store = try OperationStore(.memory, meaning: .inertTitles)
    let certificate = try Certificate(line: scene.certificates[0].line)
    let verified = try VerifiedBatch(scene.entries[0].sealed) { _ in certificate }
    let outcome = try store.transaction { () throws(StoreError) in
      try store.admit(verified, received: 0)
    }
    #expect(outcome == .bad(.visit))
    #expect(try store.visits().isEmpty)
    let error = #expect(throws: StoreError.self) { try store.logDigest(of: Names.visit) }
    #expect(error?.code == .unknownVisit)
  }

  /// Batches come at random, with repeats, until nothing is missing any more.
  @Test(
    "Any arrival, in parts and with repeats, ends with the same state",
    arguments: StoreKind.allCases
  )
  func anyArrival(kind: StoreKind) throws {
    try forEachSeed(Seeds.few.prefix(kind == .memory ? 25 : 5)) { random in
      let scene = History(seed: random.next(), History.Options(batches: 10)).scene
      var finals: [Value] = []
      for _ in 0..<2 {
        try kind.withLocation { location in
          let bench = try VisitBench(scene, at: location)
          var left = Set(scene.entries.indices)
          while !left.isEmpty {
            for index in random.repeated(random.subset(Array(scene.entries.indices))) {
              let answer = try bench.admit(index)
              if ["ok", "held", "fork"].contains(answer.code) {
                try demand(left.remove(index) != nil, "batch \(index) was admitted twice")
              } else if answer.code == "dup" {
                try demand(!left.contains(index), "batch \(index) is no duplicate")
              }
            }
          }
          finals.append(try bench.final())
        }
      }
      try demandEqual(finals[0], finals[1], "two arrivals")
    }
  }

  @Test("Nothing foreign is admitted while something is open")
  func openFirst() throws {
    let (one, two) = (try Device(1), try Device(2))
    try two.write(Device.title("two"))
    try two.seal()
    try one.write(Device.title("one"))
    let before = try one.picture()
    let error = #expect(throws: StoreError.self) { try one.admit(two.batches()[0]) }
    #expect(error?.code == .refused)
    #expect(try one.picture() == before)
    try one.seal()
    #expect(try one.admit(two.batches()[0]) == .ok(position: 2))
  }

  @Test("A moved operation waits for the certificate of the replica that it comes from")
  func lateCertificate() throws {
    var scene = Scene()
    scene.certify(Names.authority, of: nil)
    scene.certify(3, of: 1)
    scene.seal(Scene.founding(["lead"]), by: Names.authority)
    let was: Scene.Members = [("was", .list([.int(0), .int(2)]))]
    scene.seal(
      [Scene.judgement(of: 1, "met") + was],
      by: 3,
      deps: [0],
      who: [Names.replica(1).text]
    )
    let bench = try VisitBench(scene)
    for index in 0...1 { try bench.admit(index) }
    #expect(try bench.store.notices(of: Names.visit).map(\.effect) == [.inert(.author)])
    _ = try bench.store.transaction { () throws(StoreError) in
      try bench.store.admit(Names.certificate(1, of: 1), identity: Names.identity.publicKey)
    }
    #expect(try bench.store.notices(of: Names.visit).isEmpty)
    let merged = try bench.final()
    try bench.rederive()
    #expect(try bench.final() == merged)
  }
}
