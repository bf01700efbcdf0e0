import Convergence
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("State")
struct OperationStoreStateTests {
  @Test(
    "What has no effect is told, and what cannot be interpreted enters the digest",
    arguments: StoreKind.allCases
  )
  func notices(kind: StoreKind) throws {
    try kind.withLocation { location in
      var scene = Scene()
      scene.certify(1, of: 1)
      scene.seal(
        [
          Scene.set(.string("visit"), "title", .string("a")),
          Scene.set(.string("visit"), "title", .string("inert")), [("k", .string("later"))],
          Scene.set(.int(3), "title", .string("b")), [("k", .int(1))],
        ],
        by: 1
      )
      let device = try Device(2, location)
      let empty = try device.picture().state
      try device.admit(scene.entries[0].sealed)
      let notices = try device.store.notices(of: device.visit)
      #expect(notices.map(\.index) == [1, 2, 3, 4])
      #expect(
        notices.map(\.effect) == [.inert(.value), .uninterpreted, .uninterpreted, .inert(.shape)]
      )
      #expect(try device.titles() == ["a"])
      let cells = try device.store.cells(of: device.visit)
      let places = [2, 3].map { StateDigest.Uninterpreted(batch: scene.entries[0].hash, index: $0) }
      let digest = StateDigest.hash(of: cells, uninterpreted: places)
      #expect(try device.picture().state == digest)
      #expect(digest != empty)
    }
  }

  @Test("After every step a store opened anew shows the same")
  func reopened() throws {
    try StoreKind.file.withLocation { location in
      let scene = History(seed: 5, History.Options(batches: 20)).scene
      let bench = try VisitBench(scene, at: location)
      for index in scene.entries.indices {
        try bench.admit(index)
        // Asked before the other one opens: after that, both read the file.
        let (final, vector) = (try bench.final(), try bench.store.vector(of: Names.visit))
        let authority = try bench.store.authority(of: Names.visit)
        let again = try VisitBench(scene, at: location)
        #expect(try again.final() == final, "after \(index)")
        #expect(try again.store.authority(of: Names.visit) == authority, "after \(index)")
        #expect(try again.store.vector(of: Names.visit) == vector, "after \(index)")
      }
    }
  }

  @Test("A store that is opened anew for every step goes on as one that stays open")
  func reopenedToWrite() throws {
    try StoreKind.file.withLocation { location in
      let scene = History(seed: 6, History.Options(batches: 20)).scene
      let steady = try VisitBench(scene)
      for index in scene.entries.indices {
        let code = try VisitBench(scene, at: location).admit(index).code
        #expect(try steady.admit(index).code == code)
        #expect(try VisitBench(scene, at: location).final() == steady.final(), "after \(index)")
      }
    }
  }

  @Test("The authority's words are the same after opening, whoever's words they were written over")
  func authority() throws {
    try forEachSeed(Seeds.few.prefix(10)) { random in
      let scene = History(seed: random.next(), History.Options(replicas: 3, batches: 12)).scene
      try StoreKind.file.withLocation { location in
        let bench = try VisitBench(scene, at: location)
        for index in scene.entries.indices { try bench.admit(index) }
        let again = try VisitBench(scene, at: location)
        try demandEqual(
          try again.store.authority(of: Names.visit).cells,
          try bench.store.authority(of: Names.visit).cells,
          "the authority's cells"
        )
      }
    }
  }

  @Test("History lists every operation by height, with what each does and who had seen what")
  func history() throws {
    let (one, two) = (try Device(1), try Device(2))
    let a = try one.write(Device.title("a"))[0]
    try one.seal()
    try two.pull(from: one)
    let b = try two.write(Device.title("b"))[0]
    try two.seal()
    let c = try one.write(Device.title("c"))[0]
    try one.pull(from: two)
    let d = try one.write(Device.title("d"))[0]
    let (entries, causality) = try one.store.history(of: one.visit)
    #expect(Set(entries.map(\.operation.dot)) == [a, b, c, d])
    #expect(entries.map(\.height) == [1, 2, 2, 3])
    #expect(entries.last?.operation.dot == d)
    #expect(entries.map { $0.batch == nil } == [false, false, false, true])
    #expect(entries.allSatisfy { $0.effect == .effective })
    for (later, earlier) in [(a, a), (b, a), (c, a), (d, a), (d, b), (d, c)] {
      #expect(causality.hasSeen(later, earlier), "\(later) \(earlier)")
    }
    for (later, earlier) in [(a, b), (b, c), (c, b), (b, d)] {
      #expect(!causality.hasSeen(later, earlier), "\(later) \(earlier)")
    }
    #expect(!causality.hasSeen(a, Dot(replica: Names.replica(5), counter: 1)))
  }
}
