import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("Revoking a device that was lost or stolen")
struct ServiceRevocationTests {
  private let bench: ServerBench
  private let anna: PersonID
  private let visit: VisitID
  private let laptop: Device

  init() throws {
    bench = try ServerBench()
    anna = try bench.person("Anna", 1)
    visit = try bench.visit(members: [(anna, .lead)])
    laptop = try bench.device(of: anna, 1)
    try bench.pull(visit, to: laptop)
  }

  private var identity: PublicKey { bench.keys.identity.publicKey }

  private func key(_ number: UInt8) throws -> SigningKey {
    try #require(SigningKey(seed: Array(repeating: number, count: 32)))
  }

  /// A successor that the laptop certified, with the visit as the laptop has it.
  private func successor(_ number: UInt8, of old: Device? = nil) throws -> Device {
    let old = old ?? laptop
    let device = try Device(successorOf: old, key: try key(number), identity: identity)
    let frames = try old.store.entries(of: visit, after: 0).entries.map {
      Frame.batch($0.sealed, nil)
    }
    try device.take(frames, of: visit, identity: identity)
    return device
  }

  private func revoke(_ device: Device, sparing: [Device] = []) throws -> Service.Revocation {
    try bench.service.revoke(
      device.caller.replica,
      because: "Stolen",
      sparing: sparing.map(\.caller.replica),
      now: ServerBench.now,
      store: bench.store
    )
  }

  private func state(
    of device: Device,
    acknowledged: [Hello.Acknowledged] = []
  ) throws -> HelloAnswer.State {
    let hello = Hello(
      client: "test",
      model: 1,
      clock: ServerBench.now,
      held: nil,
      proposed: Bits128(high: 1, low: 1),
      visits: [],
      acknowledged: acknowledged
    )
    let caller = device.caller
    return try bench.service
      .answer(hello, from: caller, now: ServerBench.now, store: bench.store).state
  }

  @Test("What the server held stands, what comes later is held, and nothing is refused")
  func cut() throws {
    #expect(try bench.codes([try laptop.write("before", in: visit)], from: laptop) == ["ok"])
    let done = try revoke(laptop)
    #expect(done.visits == [visit] && done.replicas == [laptop.caller.replica])
    #expect(try bench.codes([try laptop.write("after", in: visit)], from: laptop) == ["held"])
    #expect(try bench.interests(of: anna, in: visit) == ["before"])
  }

  @Test("The device is told, and reads no more: no page, no head, no list of visits")
  func readsNoMore() throws {
    _ = try revoke(laptop)
    #expect(try state(of: laptop) == .revoked)
    let store = bench.store
    let page = #expect(throws: Problem.self) {
      try bench.service.page(of: visit, after: nil, for: laptop.caller, store: store)
    }
    #expect(page?.code == .revoked)
    let list = #expect(throws: Problem.self) {
      try bench.service.visits(of: laptop.caller, store: store)
    }
    #expect(list?.code == .revoked)
    let other = try bench.device(of: anna, 2)
    #expect(try bench.service.visits(of: other.caller, store: store).count == 1)
    #expect(try state(of: other) == .ok)
  }

  @Test("It is told first that the server lost what it brought, so that it brings it again")
  func rewoundFirst() throws {
    _ = try revoke(laptop)
    let cursor = Cursor(epoch: bench.epoch, position: 90)
    let lost = Hello.Acknowledged(visit: visit, cursor: cursor, hash: Hash256.plain([1]))
    #expect(try state(of: laptop, acknowledged: [lost]) == .rewound)
    #expect(try state(of: laptop) == .revoked)
  }

  @Test("A successor known by then keeps what it wrote, and what it writes later is held")
  func knownSuccessor() throws {
    let second = try successor(2)
    let first = [Frame.certificate(second.certificate), try second.write("before", in: visit)]
    #expect(try bench.codes(first, from: laptop) == ["ok"])
    let done = try revoke(laptop)
    #expect(done.replicas == [laptop.caller.replica, second.caller.replica])
    #expect(try bench.codes([try second.write("after", in: visit)], from: second) == ["held"])
    #expect(try bench.interests(of: anna, in: visit) == ["before"])
    #expect(try state(of: second) == .revoked)
  }

  @Test("A successor in good hands goes on, and so does what it certifies")
  func spared() throws {
    let second = try successor(2)
    #expect(
      try bench.codes(
        [.certificate(second.certificate), try second.write("before", in: visit)],
        from: laptop
      ) == ["ok"]
    )
    #expect(try revoke(laptop, sparing: [second]).replicas == [laptop.caller.replica])
    #expect(try bench.codes([try second.write("after", in: visit)], from: second) == ["ok"])
    #expect(try state(of: second) == .ok)
    let third = try successor(3, of: second)
    let frames = [Frame.certificate(third.certificate), try third.write("later", in: visit)]
    #expect(try bench.codes(frames, from: second) == ["ok"])
    #expect(try bench.interests(of: anna, in: visit) == ["later"])
    #expect(throws: Problem.self) { try revoke(second, sparing: [laptop]) }
  }

  @Test("What it certified and nobody knew is revoked with its first batch, however long the line")
  func unknownSuccessor() throws {
    #expect(try bench.codes([try laptop.write("before", in: visit)], from: laptop) == ["ok"])
    _ = try revoke(laptop)
    let second = try successor(2)
    let third = try successor(3, of: second)
    let before = try bench.store.logDigest(of: visit).position
    let frames = [
      Frame.certificate(second.certificate), .certificate(third.certificate),
      try third.write("stolen", in: visit),
    ]
    #expect(try bench.codes(frames, from: laptop) == ["held"])
    #expect(try bench.store.logDigest(of: visit).position == before + 2)
    #expect(try bench.codes(Array(frames.suffix(1)), from: laptop) == ["dup"])
    #expect(try bench.codes([try third.write("again", in: visit)], from: third) == ["held"])
    #expect(try bench.interests(of: anna, in: visit) == ["before"])
    #expect(try state(of: second) == .revoked && state(of: third) == .revoked)
    // Every device comes to the same from the log alone.
    let reader = try bench.device(of: anna, 4)
    try bench.pull(visit, to: reader)
    #expect(try reader.store.stateDigest(of: visit) == bench.store.stateDigest(of: visit))
    #expect(
      try bench.service.verify(visit, store: bench.store, meaning: .assessment).isIntact
    )
  }

  @Test("Visits of later days carry it, and so does a visit that the person is put on")
  func laterVisits() throws {
    _ = try revoke(laptop)
    let ben = try bench.person("Ben", 2)
    let other = try bench.visit(2, members: [(ben, .lead)])
    _ = try bench.answer(.addMember(visit: other, person: "Anna", role: "peer"))
    let key = CellKey(.named("visit"), "revoked", slot: laptop.caller.replica.text)
    #expect(try !bench.store.authority(of: other)[key].isEmpty)
    #expect(try bench.store.authority(of: other)[key].siblings.first?.value["cut"]?.list == [])
  }

  @Test("The first cut stands: revoking again changes nothing")
  func again() throws {
    _ = try revoke(laptop)
    _ = try bench.codes([try laptop.write("after", in: visit)], from: laptop)
    let before = try bench.store.logDigest(of: visit)
    _ = try revoke(laptop)
    #expect(try bench.store.logDigest(of: visit) == before)
    #expect(try bench.interests(of: anna, in: visit).isEmpty)
  }

  @Test("What the operator's list forgot, the visits still say")
  func forgotten() throws {
    _ = try revoke(laptop)
    try bench.store.transaction { () throws(StoreError) in
      try bench.store.setDocument("revoked", laptop.caller.replica.text, nil)
    }
    #expect(throws: Problem.self) {
      try bench.service.page(of: visit, after: nil, for: laptop.caller, store: bench.store)
    }
  }

  @Test("A reason and a device are needed, and nothing is written without")
  func refused() throws {
    let before = try bench.store.logDigest(of: visit)
    let replica = laptop.caller.replica.text
    #expect(
      bench.refusal(.revokeDevice(device: replica, sparing: [], because: ""))?.code == .malformed
    )
    #expect(
      bench.refusal(.revokeDevice(device: "Phone", sparing: [], because: "x"))?.code == .unknown
    )
    let authority = try bench.authority().publicKey.replicaID.text
    #expect(
      bench.refusal(.revokeDevice(device: authority, sparing: [], because: "x"))?.code == .unknown
    )
    #expect(try bench.store.logDigest(of: visit) == before)
    let answer = try bench.answer(.revokeDevice(device: "Tablet 1", sparing: [], because: "x"))
    #expect(answer["replicas"]?.list == [.string(replica)])
    let devices = try bench.answer(.devices(person: "Anna"))["devices"]?.list
    #expect(devices?.map { $0["revoked"]?.bool } == [true])
  }
}
