import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("Deciding on what is held")
struct ServiceHoldsTests {
  private let bench: ServerBench
  private let anna: PersonID
  private let ben: PersonID
  private let visit: VisitID
  private let laptop: Device
  private let phone: Device

  init() throws {
    bench = try ServerBench()
    anna = try bench.person("Anna", 1)
    ben = try bench.person("Ben", 2)
    visit = try bench.visit(members: [(anna, .peer), (ben, .lead)])
    laptop = try bench.device(of: anna, 1)
    phone = try bench.device(of: ben, 2)
    for device in [laptop, phone] { try bench.pull(visit, to: device) }
  }

  /// Anna is removed with one batch in, and two more come behind it.
  private func removeAnna() throws {
    #expect(try bench.codes([try laptop.write("1", in: visit)], from: laptop) == ["ok"])
    _ = try bench.answer(.removeMember(visit: visit, person: "Anna", because: "Left"))
    let late = [try laptop.write("2", in: visit), try laptop.write("3", in: visit)]
    #expect(try bench.codes(late, from: laptop) == ["held", "held"])
  }

  private func decide(
    _ isRelease: Bool,
    _ batches: String...,
    device: String = "Tablet 1"
  ) -> AdminCall {
    .decide(
      AdminCall.Decision(
        isRelease: isRelease,
        visit: visit,
        replica: device,
        batches: batches,
        because: "Asked"
      )
    )
  }

  private func held() throws -> [Value] {
    try bench.answer(.holds(visit: nil))["held"]?.list ?? []
  }

  private func numbers(_ values: [Value]) -> [Int64] { values.compactMap { $0["batch"]?.int } }

  @Test("The list says who, from where, since when, how much, of what kind and why")
  func list() throws {
    #expect(try held().isEmpty)
    try removeAnna()
    let held = try held()
    #expect(numbers(held) == [2, 3])
    let first = try #require(held.first)
    #expect(first["name"]?.string == "Anna" && first["device"]?.string == "Tablet 1")
    #expect(first["received"]?.int == ServerBench.now && first["operations"]?.int == 1)
    #expect(first["kinds"]?.list == [.string("set interest")])
    #expect(first["why"]?.string == "removed" && first["refused"]?.bool == false)
    #expect(try bench.answer(.holds(visit: visit))["held"]?.list?.count == 2)
    let nowhere = VisitID(bits: Bits128(high: 9, low: 9))
    #expect(bench.refusal(.holds(visit: nowhere))?.code == .unknown)
  }

  @Test("Released by number or hash, it takes effect; the rest waits")
  func release() throws {
    try removeAnna()
    _ = try bench.answer(decide(true, "2"))
    #expect(try bench.interests(of: anna, in: visit) == ["2"])
    let held = try held()
    #expect(numbers(held) == [3])
    _ = try bench.answer(decide(true, held[0]["hash"]?.string ?? ""))
    #expect(try bench.interests(of: anna, in: visit) == ["3"])
    #expect(try self.held().isEmpty)
    #expect(bench.refusal(decide(true))?.code == .unknown)
    // One range for both: thousands of batches fit one operation.
    let key = CellKey(.named("visit"), "release", slot: laptop.caller.replica.text)
    let value = try bench.store.authority(of: visit)[key].siblings.first?.value
    #expect(value?["batches"]?.list?.count == 1)
  }

  @Test("Refused, it stays held and waits no more; either decision can be taken back")
  func refuse() throws {
    try removeAnna()
    _ = try bench.answer(decide(false, "3"))
    #expect(try held().map { $0["refused"]?.bool } == [false, true])
    _ = try bench.answer(decide(true))
    #expect(try bench.interests(of: anna, in: visit) == ["2"])
    #expect(numbers(try held()) == [3])
    _ = try bench.answer(decide(true, "3"))
    #expect(try bench.interests(of: anna, in: visit) == ["3"])
    _ = try bench.answer(decide(false, "2", "3"))
    #expect(try bench.interests(of: anna, in: visit) == ["1"])
    #expect(try held().map { $0["refused"]?.bool } == [true, true])
  }

  @Test("What a stranger wrote is not released: they are put on the visit instead")
  func stranger() throws {
    let cleo = try bench.person("Cleo", 3)
    let tablet = try bench.device(of: cleo, 3)
    try tablet.take(
      try bench.service.page(of: visit, after: nil, for: phone.caller, store: bench.store),
      of: visit,
      identity: bench.keys.identity.publicKey
    )
    // Another device brings it.
    let frames = [Frame.certificate(tablet.certificate), try tablet.write("hers", in: visit)]
    #expect(try bench.codes(frames, from: phone) == ["held"])
    #expect(try held().first?["why"]?.string == "never-a-member")
    let refusal = bench.refusal(decide(true, device: "Tablet 3"))
    #expect(refusal?.code == .malformed && refusal?.detail.contains("visit member add") == true)
    _ = try bench.answer(.addMember(visit: visit, person: "Cleo", role: "peer"))
    #expect(try bench.interests(of: cleo, in: visit) == ["hers"])
  }

  @Test("What is not held, not there, or not named clearly is refused")
  func refused() throws {
    try removeAnna()
    #expect(bench.refusal(decide(true, "1"))?.code == .malformed)
    #expect(bench.refusal(decide(true, "9"))?.code == .unknown)
    #expect(bench.refusal(decide(true, "2", device: "Nobody's"))?.code == .unknown)
    let copy = try Device(
      key: laptop.key,
      answer: [
        .certificate(laptop.certificate),
        .certificate(
          try #require(
            try bench.store.sealedCertificate(of: try bench.authority().publicKey.replicaID)
          )
        ),
      ],
      identity: bench.keys.identity.publicKey
    )
    let frames = try laptop.store.entries(of: visit, after: 0).entries.prefix(2)
      .map { Frame.batch($0.sealed, nil) }
    try copy.take(frames, of: visit, identity: bench.keys.identity.publicKey)
    #expect(try bench.codes([try copy.write("2b", in: visit)], from: phone) == ["fork"])
    #expect(bench.refusal(decide(true, "2"))?.code == .malformed)
    let hash = try #require(try held().last?["hash"]?.string)
    _ = try bench.answer(decide(true, hash))
    #expect(try bench.interests(of: anna, in: visit) == ["2b"])
    #expect(numbers(try held()) == [2, 3])
  }

  @Test("A change of role keeps what the server held as it was, and judges the rest anew")
  func role() throws {
    let record = RecordID.named("service")
    func name(_ text: String) -> Draft {
      Draft(Assignment(record: record, field: "name", value: .string(text)))
    }
    func bring(_ text: String) throws -> [String] {
      try laptop.store.transaction { () throws(StoreError) in
        _ = try laptop.store.write([name(text)], to: visit, clock: 0)
        try laptop.store.seal(visit, key: laptop.key, received: 0)
      }
      let sealed = try #require(try laptop.store.unsent(of: visit).last?.sealed)
      return try bench.codes([.batch(sealed, nil)], from: laptop)
    }
    #expect(try bring("North") == ["ok"])
    _ = try bench.answer(.changeRole(visit: visit, person: "Anna", role: "observer"))
    #expect(try bring("South") == ["ok"])
    let key = CellKey(record, "name")
    #expect(try bench.store.cells(of: visit)[key].siblings.map(\.value) == [.string("North")])
    #expect(
      bench.refusal(.changeRole(visit: visit, person: "Nobody", role: "lead"))?.code == .unknown
    )
    _ = try bench.answer(.removeMember(visit: visit, person: "Anna", because: "Left"))
    #expect(
      bench.refusal(.changeRole(visit: visit, person: "Anna", role: "lead"))?.code == .unknown
    )
  }

  @Test("Two people are joined where both are, once, and parted again")
  func join() throws {
    _ = try bench.visit(2, members: [(ben, .lead)])
    let answer = try bench.answer(.joinPeople(person: "Anna", with: "Ben", because: "Twice"))
    #expect(answer["visits"]?.list == [.string(visit.text)])
    let call = AdminCall.joinPeople(person: "Anna", with: "Ben", because: "Twice")
    #expect(bench.refusal(call)?.code == .unknown)
    let cells = try bench.store.cells(of: visit)
    let key = CellKey(.named("visit"), "joined", slot: anna.text)
    #expect(cells[key].siblings.first?.value["with"]?.string == ben.text)
    let parted = try bench.answer(.joinPeople(person: "Anna", with: "Anna", because: "No"))
    #expect(parted["visits"]?.list?.count == 1)
    #expect(
      bench.refusal(.joinPeople(person: "Ben", with: "Ben", because: "No"))?.code == .unknown
    )
  }

  // DHIS2 Android.
  @Test(
    """
    An account is disabled while a device holds unsent work, and all of it can be had back \
    (failure list 22)
    """
  )
  func accountDisabled() throws {
    #expect(try bench.codes([try laptop.write("sent", in: visit)], from: laptop) == ["ok"])
    let unsent = try (1...5).map { try laptop.write("unsent \($0)", in: visit) }
    _ = try bench.answer(.removeMember(visit: visit, person: "Anna", because: "Left"))
    _ = try bench.answer(.revokeDevice(device: "Tablet 1", sparing: [], because: "Handed in"))
    #expect(try bench.codes(unsent, from: laptop) == Array(repeating: "held", count: 5))
    #expect(try laptop.store.entries(of: visit, after: 0).entries.count == 7)
    #expect(try bench.interests(of: anna, in: visit) == ["sent"])
    _ = try bench.answer(decide(true))
    #expect(try bench.interests(of: anna, in: visit) == ["unsent 5"])
  }
}
