import Convergence
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("Going on under another name")
struct OperationStoreSuccessionTests {
  private func digest(_ device: Device) throws -> Hash256 {
    try device.store.stateDigest(of: device.visit)
  }

  @Test(
    "What was not sealed keeps its names, its effect and the state",
    arguments: StoreKind.allCases
  )
  func moves(kind: StoreKind) throws {
    try kind.withLocation { location in
      let (device, other) = (try Device(1, location), try Device(2))
      let first = try device.write(Device.title("a"))
      try device.seal()
      let second = try device.write(Device.title("b", over: first))
      let add = Draft(Addition(type: "evidence", within: .named("visit")))
      let item = try device.write(add)
      try device.write(Device.title("of it", at: .item(item[0])), Device.title("c", over: second))
      let before = (try digest(device), try device.store.cells(of: device.visit))
      let next = try device.succeeded(by: 6)
      #expect(try next.store.ownReplica() == Names.replica(6))
      #expect(try digest(next) == before.0)
      #expect(try next.store.cells(of: next.visit) == before.1)
      #expect(try next.picture().open == 4)
      // What is written now counts on from there, and speaks of what moved.
      #expect(try next.write(Device.title("d", over: next.dots())).map(\.counter) == [5])
      let shown = try digest(next)
      #expect(try next.seal() == 1)
      #expect(try digest(next) == shown)
      let batch = try #require(next.ownBatches().first)
      #expect(batch.number == 1 && batch.firstCounter == 1)
      #expect((0..<5).map { batch.formerName(at: $0)?.counter } == [2, 3, 4, 5, nil])
      #expect(batch.formerReplicas == [Names.replica(1)])
      #expect(try next.titles() == ["d"] && next.titles(of: .item(item[0])) == ["of it"])
      try other.learn(6, of: 1, by: 1)
      try other.pull(from: next)
      #expect(try digest(other) == shown)
      guard case .file = location else { return }
      #expect(
        try OperationStore(location, meaning: .inertTitles).stateDigest(of: next.visit) == shown
      )
    }
  }

  /// The concrete trap: the store was copied with work in it that was not sealed.
  @Test("What a copy sealed and the successor took over counts once, whatever it was written over")
  func counted() throws {
    try forEachSeed(Seeds.few) { random in
      let (one, copy, other) = (try Device(1), try Device(1), try Device(2))
      try other.write(Device.title("x"), Device.title("y"), Device.title("z"))
      try other.seal()
      try one.pull(from: other)
      try copy.pull(from: other)
      var written = 0
      for number in 0...random.below(8) {
        // The same work in both, since one is a copy of the other.
        let seen = random.subset(try one.dots())
        try one.write(Device.title("t\(number)", over: seen))
        try copy.write(Device.title("t\(number)", over: seen))
        written += 1
      }
      // Both go on apart: one seals under the old name, the copy under a new one.
      try one.write(Device.title("by the one"))
      try one.seal()
      let alone = try digest(copy)
      let next = try copy.succeeded(by: 6)
      try demandEqual(try digest(next), alone, "moved")
      try next.write(Device.title("by the copy"))
      try next.seal()
      for device in [one, other] { try device.learn(6, of: 1, by: 1) }
      try one.pull(from: next)
      try next.pull(from: one)
      try other.pull(from: random.chance(1, in: 2) ? one : next)
      for device in [one, other] {
        try demandEqual(try digest(device), try digest(next), "everywhere")
        try demandEqual(try device.titles(), try next.titles(), "the titles")
      }
      let history = try one.store.history(of: one.visit).entries.filter { $0.effect == .effective }
      try demandEqual(history.count, 3 + written + 2, "each counts once")
    }
  }

  @Test("The first name is kept however often it moves")
  func twice() throws {
    let device = try Device(1)
    let first = try device.write(Device.title("a"))
    try device.write(Device.title("b", over: first))
    let before = try digest(device)
    let next = try device.succeeded(by: 6).succeeded(by: 7)
    #expect(try digest(next) == before)
    try next.seal()
    let batch = try #require(next.ownBatches().first)
    #expect(batch.formerName(at: 1) == Dot(replica: Names.replica(1), counter: 2))
    #expect(try digest(next) == before)
  }

  @Test("Behind a refused batch everything moves, and the refused bytes are kept")
  func refused() throws {
    let (device, other) = (try Device(1), try Device(2))
    let a = try device.write(Device.title("a"))
    try device.seal()
    let b = try device.write(Device.title("b", over: a))
    let lost = try device.write(Draft(Addition(type: "evidence", within: .named("visit"))))
    try device.seal()
    let c = try device.write(Device.title("c", over: b), Device.title("gone", at: .item(lost[0])))
    try device.seal()
    try device.write(Device.title("d", over: Array(c.prefix(1))))
    let store = device.store
    let refused = try #require(try device.batches().dropFirst().first).hash
    try store.transaction { () throws(StoreError) in
      try store.rescue(refused, of: Names.visit, why: "malformed")
    }
    try device.learn(6, of: 1, by: 1)
    let succession = try store.transaction { () throws(StoreError) in
      try store.succeed(Names.replica(6))
    }
    #expect(succession.moved == 2 && succession.stranded == 1)
    #expect(try store.rescuedCount(of: Names.visit) == 2)
    #expect(try store.logDigest(of: Names.visit).position == 1)
    #expect(try !store.holds(refused, of: Names.visit))
    // What b wrote over stands again: nobody else will ever hear of b.
    #expect(try device.titles() == ["a", "d"])
    _ = try store.transaction { () throws(StoreError) in
      try store.seal(Names.visit, key: Names.key(6), received: 0)
    }
    try other.learn(6, of: 1, by: 1)
    for sealed in try device.batches() { try other.admit(sealed) }
    #expect(try digest(other) == digest(device))
  }

  @Test("A fork is over for its author: a successor writes and seals")
  func afterFork() throws {
    let (one, copy) = (try Device(1), try Device(1))
    try one.write(Device.title("a"))
    try copy.write(Device.title("b"))
    try copy.seal()
    try one.pull(from: copy)
    #expect(try one.store.hasForked(Names.replica(1), in: one.visit))
    #expect(throws: StoreError.self) { try one.write(Device.title("c")) }
    let next = try one.succeeded(by: 6)
    #expect(try !next.store.hasForked(Names.replica(6), in: one.visit))
    try next.write(Device.title("c", over: next.dots()))
    #expect(try next.seal() == 1)
    #expect(try next.titles() == ["c"])
  }

  @Test("Nothing moves to another person, to nobody, or to a replica without certificate")
  func strangers() throws {
    let device = try Device(1)
    try device.write(Device.title("a"))
    let before = try device.picture()
    for number in [2, 8] {
      let error = #expect(throws: StoreError.self) {
        try device.store.transaction { () throws(StoreError) in
          try device.store.succeed(Names.replica(number))
        }
      }
      #expect(error?.code == .refused)
    }
    #expect(try device.picture() == before)
    let same = try device.store.transaction { () throws(StoreError) in
      try device.store.succeed(Names.replica(1))
    }
    #expect(same.moved == 0)
    #expect(try device.picture() == before)
  }

  @Test("A batch with moved operations goes with the certificates of the replicas they come from")
  func certificates() throws {
    let device = try Device(1)
    try device.write(Device.title("a"))
    let next = try device.succeeded(by: 6, certifiedBy: 0)
    try next.seal()
    let entry = try #require(try next.store.unsent(of: next.visit).first)
    var introduced: Set<ReplicaID> = []
    let chain = try next.store.certificates(
      before: entry,
      of: next.visit,
      identity: Names.identity.publicKey,
      introduced: &introduced
    )
    // The successor was certified by the server, so its own chain does not name the old replica.
    let names = try chain.map { try Certificate(line: $0.line).replica }
    #expect(names == [Names.replica(1), Names.replica(6)])
  }
}

extension Device {
  /// The titles of the visit that stand, by name.
  fileprivate func dots() throws -> [Dot] {
    try store.cells(of: visit)[CellKey(.named("visit"), "title")].siblings.map(\.dot)
  }
}
