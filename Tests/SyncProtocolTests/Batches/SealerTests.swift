import Convergence
import SyncProtocol
import Testing

@Suite("Sealing")
struct SealerTests {
  private let deps = [
    Dependency(
      replica: ReplicaID(bits: Bits128(high: 3, low: 2)),
      lastCounter: 4,
      hashPrefix: Bits128(high: 1, low: 1)
    ),
    Dependency(
      replica: ReplicaID(bits: Bits128(high: 3, low: 1)),
      lastCounter: 7,
      hashPrefix: Bits128(high: 2, low: 2)
    ),
  ]

  private func seal(
    _ operations: [OpenOperation],
    after head: Sealer.Head = .start,
    deps: [Dependency] = [],
    person: PersonID? = nil,
    branches: [ReplicaID: Branch] = [:]
  ) throws -> [Batch] {
    let key = try Samples.key(1)
    let sealer = Sealer(visit: Samples.visit, key: key, person: person, branches: branches)
    let sealed = try sealer.seal(operations, after: head, deps: deps)
    let certificate = try Samples.certificate(1)
    var before = head
    return try sealed.map { sealed in
      let batch = try VerifiedBatch(sealed) { _ in certificate }.batch
      #expect(batch.number == before.number + 1)
      #expect(batch.previous == before.hash)
      before = Sealer.Head(number: batch.number, hash: sealed.hash)
      return batch
    }
  }

  private func many(_ count: Int64, _ text: String = "x") throws -> [OpenOperation] {
    try (1...count).map { try Samples.open($0, Samples.title(text)) }
  }

  @Test("Nothing open makes no batch, a gap in the counters is refused")
  func edges() throws {
    #expect(try seal([]).isEmpty)
    let gap = [try Samples.open(1, Samples.title("a")), try Samples.open(3, Samples.title("b"))]
    let error = #expect(throws: ProtocolError.self) { try seal(gap) }
    #expect(error?.code == .chain)
  }

  @Test("A batch says what it was given; deps are sorted")
  func content() throws {
    let head = Sealer.Head(number: 4, hash: Samples.hash(8))
    let open = [
      try Samples.open(20, Samples.title("a", over: [Samples.dot(2, 4), Samples.dot(1, 3)])),
      try Samples.open(21, Samples.title("b", over: [Samples.dot(2, 1)]), clock: Samples.clock - 5),
    ]
    let batches = try seal(open, after: head, deps: deps)
    #expect(batches.count == 1)
    let batch = batches[0]
    #expect(batch.deps == deps.sorted())
    #expect(batch.firstCounter == 20)
    #expect(batch.who.map(\.replica) == [1, 2].map { ReplicaID(bits: Bits128(high: 3, low: $0)) })
    #expect(batch.clock == Samples.clock)
    #expect(batch.operations[1]["d"] == .int(-5))
    #expect(
      batch.operations[0]["over"]
        == .list([.list([.int(0), .int(3)]), .list([.int(1), .int(4)])])
    )
  }

  @Test("More than 256 operations make several batches, deps in the first alone")
  func several() throws {
    let batches = try seal(many(600), deps: deps)
    #expect(batches.map(\.operations.count) == [256, 256, 88])
    #expect(batches.map(\.firstCounter) == [1, 257, 513])
    #expect(batches.map { $0.deps.isEmpty } == [false, true, true])
  }

  @Test("Batches are cut before 65,536 bytes")
  func size() throws {
    let operations = try many(20, String(repeating: "\u{1}", count: 2_000))
    let batches = try seal(operations, deps: deps)
    #expect(batches.count > 1)
    #expect(batches.reduce(0) { $0 + $1.operations.count } == 20)
    // Each is as full as it can be: the next operation would not have fitted.
    let operation = JSONLine.object([("v", batches[0].operations[0])]).count
    for batch in batches.dropLast() {
      #expect(batch.operations.count * operation + operation > Limits.batchLineBytes - 600)
    }
  }

  @Test("A batch refers to 512 streams, the operation that needs one more starts the next")
  func who() throws {
    let dots = (0..<600).map { Samples.dot(UInt64($0), 1) }
    let open = [
      try Samples.open(1, Samples.title("a", over: Array(dots[..<300]))),
      try Samples.open(2, Samples.title("b", over: Array(dots[300..<512]))),
      try Samples.open(3, Samples.title("c", over: [dots[5]])),
      try Samples.open(4, Samples.title("d", over: [dots[512]])),
    ]
    let batches = try seal(open)
    #expect(batches.map(\.operations.count) == [3, 1])
    #expect(batches.map(\.who.count) == [512, 1])
  }

  @Test("More than 512 deps are refused in words, not sealed into what nobody can read")
  func tooManyDeps() throws {
    let deps = (0..<513).map {
      Dependency(
        replica: ReplicaID(bits: Bits128(high: 5, low: $0)),
        lastCounter: 1,
        hashPrefix: .zero
      )
    }
    #expect(try seal(many(1), deps: Array(deps.dropLast())).count == 1)
    let error = #expect(throws: ProtocolError.self) { try seal(many(1), deps: deps) }
    #expect(error?.code == .tooLarge)
  }

  @Test("The author's own slot is written as a sign, and read as the slot")
  func ownSlot() throws {
    let person = Samples.person(1)
    let draft = Draft(
      Assignment(
        record: .named("standard:A1"),
        field: "judgement",
        slot: person.text,
        value: .bool(true)
      )
    )
    let batch = try #require(try seal([Samples.open(1, draft)], person: person).first)
    #expect(batch.operations[0]["s"] == .string("@"))
    let read = batch.resolved(person: person, branch: .trunk, past: VersionVector())[0]
    #expect(read.action == draft.action)
  }

  @Test("What stands on the trunk of a forked replica is named by one of its branches")
  func branches() throws {
    let dot = Samples.dot(2, 1)
    let branch = Branch(name: 77)
    let open = [try Samples.open(1, Samples.title("a", over: [dot]))]
    let batch = try #require(try seal(open, branches: [dot.replica: branch]).first)
    #expect(batch.who == [StreamID(replica: dot.replica, branch: branch)])
    let own = Dot(replica: try Samples.key(1).publicKey.replicaID, counter: 1)
    let next = [try Samples.open(2, Samples.title("a", over: [own]))]
    let head = Sealer.Head(number: 1, hash: Samples.hash(1))
    #expect(try seal(next, after: head).first?.operations[0]["over"] == .list([.int(1)]))
  }
}
