import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("Writing and sealing")
struct OperationStoreWritingTests {
  @Test(
    "What is written is shown at once, and kept until it is sealed",
    arguments: StoreKind.allCases
  )
  func write(kind: StoreKind) throws {
    try kind.withLocation { location in
      let device = try Device(1, location)
      let dots = try device.write(Device.title("a"), Device.title("b"))
      #expect(dots.map(\.counter) == [1, 2])
      #expect(try device.titles() == ["a", "b"])
      #expect(try device.write(Device.title("c", over: dots)).map(\.counter) == [3])
      #expect(try device.titles() == ["c"])
      let counts = try device.store.unsentCounts(of: device.visit)
      #expect(counts == (3, 0, 3))
      let shown = try device.store.cells(of: device.visit)
      #expect(try device.seal() == 1)
      #expect(try device.seal() == 0)
      #expect(try device.store.cells(of: device.visit) == shown)
      #expect(try device.store.unsentCounts(of: device.visit) == (0, 1, 3))
      #expect(try device.ownBatches().map(\.lastCounter) == [3])
      #expect(try device.write(Device.title("d")).map(\.counter) == [4])
      guard case .file = location else { return }
      #expect(try Device(1, location).picture() == device.picture())
    }
  }

  @Test("A change that would have no effect is refused, and the ones beside it")
  func refused() throws {
    let device = try Device(1)
    try device.write(Device.title("a"))
    let before = try device.picture()
    let error = #expect(throws: StoreError.self) {
      try device.write(Device.title("b"), Device.title("inert"))
    }
    #expect(error?.code == .refused)
    #expect(throws: StoreError.self) {
      try device.write(Device.title(String(repeating: "x", count: 17_000)))
    }
    #expect(try device.picture() == before)
  }

  @Test("Without a replica nothing is written, with another's key nothing sealed")
  func replica() throws {
    let store = try OperationStore(.memory, meaning: .inertTitles)
    func write() throws {
      try store.transaction { () throws(StoreError) in
        _ = try store.write([Device.title("a")], to: Names.visit, clock: 0)
      }
    }
    #expect((#expect(throws: StoreError.self) { try write() })?.code == .refused)
    #expect(throws: StoreError.self) { try store.setOwnReplica(Names.replica(1)) }
    let device = try Device(1)
    try device.write(Device.title("a"))
    #expect(throws: StoreError.self) {
      try device.store.transaction { () throws(StoreError) in
        try device.store.seal(Names.visit, key: Names.key(2), received: 0)
      }
    }
    let error = #expect(throws: StoreError.self) {
      try device.store.setOwnReplica(Names.replica(2))
    }
    #expect(error?.code == .refused)
    #expect(try device.store.ownReplica() == Names.replica(1))
    #expect(
      (#expect(throws: StoreError.self) { try device.store.logDigest(of: VisitID(bits: .zero)) })?
        .code
        == .unknownVisit
    )
  }

  /// one:  writes a | admits two's b | writes c over both
  /// two:           writes b
  /// One's first batch must not claim to have seen b, its second must.
  @Test("A device claims to have seen what it held when it wrote, and nothing else")
  func deps() throws {
    let (one, two) = (try Device(1), try Device(2))
    let a = try one.write(Device.title("a"))
    let b = try two.write(Device.title("b"))
    try two.seal()
    try one.pull(from: two)
    try one.write(Device.title("c", over: a + b))
    try one.seal()
    let batches = try one.ownBatches()
    #expect(batches.map(\.deps.count) == [0, 1])
    #expect(batches[1].deps.first?.replica == Names.replica(2))
    #expect(batches[1].deps.first?.lastCounter == 1)
    try two.pull(from: one)
    #expect(try two.titles() == ["c"])
    #expect(try two.picture().state == one.picture().state)
    // What was named once is not named again, what has grown is.
    try one.write(Device.title("d"))
    try one.seal()
    #expect(try one.ownBatches().last?.deps == [])
    try two.write(Device.title("e"))
    try two.seal()
    try one.pull(from: two)
    try one.write(Device.title("f"))
    try one.seal()
    #expect(try one.ownBatches().last?.deps.map(\.lastCounter) == [2])
  }

  @Test("Many open operations are sealed into several batches, in one chain")
  func many() throws {
    let device = try Device(1)
    for _ in 0..<3 {
      try device.store.transaction { () throws(StoreError) in
        let drafts = (0..<200).map { Device.title("\($0)") }
        _ = try device.store.write(drafts, to: device.visit, clock: 0)
      }
    }
    #expect(try device.seal() == 3)
    let batches = try device.ownBatches()
    #expect(batches.map(\.number) == [1, 2, 3])
    #expect(batches.last?.lastCounter == 600)
    let other = try Device(2)
    try other.pull(from: device)
    #expect(try other.picture().state == device.picture().state)
  }

  /// A device was copied, and both copies wrote; a third device goes on.
  @Test("After a fork others still write over what stood before it")
  func afterFork() throws {
    var scene = Scene()
    for number in 1...2 { scene.certify(number, of: number) }
    let title = Scene.set(.string("visit"), "title", .string("before"))
    scene.seal([title], by: 1)
    scene.seal([Scene.set(.string("visit"), "name", .string("x"))], by: 1, after: 0)
    scene.seal([Scene.set(.string("visit"), "name", .string("y"))], by: 1, after: 0)
    let (two, three) = (try Device(2), try Device(3))
    for entry in scene.entries { try two.admit(entry.sealed) }
    let trunk = Dot(replica: Names.replica(1), counter: 1)
    try two.write(Device.title("after", over: [trunk]))
    #expect(try two.titles() == ["after"])
    try two.seal()
    #expect(try two.titles() == ["after"])
    #expect(try two.store.notices(of: two.visit).isEmpty)
    try three.pull(from: two)
    #expect(try three.titles() == ["after"])
    #expect(try three.picture().state == two.picture().state)
    // The copied device itself retires.
    let one = try Device(1)
    for entry in scene.entries { try one.admit(entry.sealed) }
    let error = #expect(throws: StoreError.self) { try one.write(Device.title("more")) }
    #expect(error?.code == .refused)
  }

  @Test("What a successor took over is edited under its old name, and the edit holds elsewhere")
  func afterMove() throws {
    var scene = Scene()
    scene.certify(1, of: 1)
    scene.seal([Scene.set(.string("visit"), "name", .string("x"))], by: 1)
    let add = Scene.add("evidence", in: .string("visit"), .object(["title": .string("old")]))
    let was: Scene.Members = [("was", .list([.int(0), .int(2)]))]
    scene.certify(6, of: 1, by: 1)
    scene.seal([add + was], by: 6, deps: [0], who: [Names.replica(1).text])
    let (two, three) = (try Device(2), try Device(3))
    for device in [two, three] {
      _ = try device.store.transaction { () throws(StoreError) in
        try device.store.admit(scene.certificates[1], identity: Names.identity.publicKey)
      }
    }
    for entry in scene.entries { try two.admit(entry.sealed) }
    let name = Dot(replica: Names.replica(1), counter: 2)
    #expect(try two.titles(of: .item(name)) == ["old"])
    try two.write(Device.title("new", over: [name], at: .item(name)))
    #expect(try two.titles(of: .item(name)) == ["new"])
    try two.seal()
    #expect(try two.titles(of: .item(name)) == ["new"])
    try three.pull(from: two)
    #expect(try three.titles(of: .item(name)) == ["new"])
    #expect(try three.picture().state == two.picture().state)
  }
}
