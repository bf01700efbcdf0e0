import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("What a server knows of whether everything is in")
struct ServiceIntakeTests {
  private let bench: ServerBench
  private let anna: Device
  private let ben: Device
  private let people: [PersonID]
  private let visit: VisitID

  init() throws {
    bench = try ServerBench()
    people = try [
      bench.person("Anna", 1), bench.person("Ben", 2), bench.person("Cara", 3),
      bench.person("Dan", 4),
    ]
    anna = try bench.device(of: people[0], 11)
    ben = try bench.device(of: people[1], 12)
    _ = try bench.device(of: people[3], 14)
    visit = try bench.visit(
      1,
      members: [(people[0], .lead), (people[1], .peer), (people[2], .peer)]
    )
    try bench.pull(visit, to: anna)
    try bench.pull(visit, to: ben)
  }

  private func hello(
    _ number: UInt64,
    outbound: [Hello.Outbound] = [],
    told: Bits128? = nil
  ) throws -> Frame {
    let digest = try bench.store.logDigest(of: visit)
    return .hello(
      Hello(
        client: "test",
        model: 1,
        clock: ServerBench.now,
        held: number == 1 ? nil : Bits128(high: number - 1, low: 1),
        proposed: Bits128(high: number, low: 1),
        visits: [
          Hello.Progress(
            visit: visit,
            cursor: Cursor(epoch: bench.epoch, position: digest.position),
            digest: digest.hash,
            intake: told
          )
        ],
        outbound: outbound
      ).value
    )
  }

  private func sync(_ frames: [Frame], from device: Device, at time: Int64 = 5) throws -> [Frame] {
    try bench.sync(frames, from: device.caller, at: time)
  }

  private func told(_ answer: [Frame]) -> Intake? {
    for case .intake(let intake) in answer { return intake }
    return nil
  }

  private func states() throws -> [String: Intake.Device.State] {
    let intake = try bench.service.intake(of: visit, store: bench.store)
    let names = ["Anna", "Ben", "Cara", "Dan"]
    var states: [String: Intake.Device.State] = [:]
    for device in intake.devices {
      let index = try #require(people.firstIndex(of: device.person))
      states[names[index]] = device.state
    }
    return states
  }

  @Test("At first nothing can be known of anybody on the visit, and strangers are not named")
  func unknown() throws {
    #expect(try states() == ["Anna": .unknown, "Ben": .unknown, "Cara": .unknown])
  }

  @Test("A device that synced is complete at that time, and the others are told, not itself")
  func complete() throws {
    let work = try anna.write("a", in: visit)
    let answer = try sync([try hello(1), .certificate(anna.certificate), work, .end], from: anna)
    #expect(try states()["Anna"] == .complete(at: 5))
    #expect(told(answer)?.devices.contains { $0.person == people[0] } == false)
    let other = told(try sync([try hello(1), .end], from: ben, at: 9))
    #expect(other?.devices.first { $0.person == people[0] }?.state == .complete(at: 5))
  }

  @Test("Whoever was told the same already is not told again")
  func onlyNews() throws {
    let first = try #require(told(try sync([try hello(1), .end], from: ben)))
    let second = try sync([try hello(2, told: first.fingerprint), .end], from: ben)
    #expect(told(second) == nil)
    _ = try sync([try hello(1), .end], from: anna)
    let third = told(try sync([try hello(3, told: first.fingerprint), .end], from: ben))
    #expect(third != nil && third != first)
  }

  @Test("What a device said it would bring and did not is missing until it comes")
  func announced() throws {
    let replica = anna.caller.replica
    let works = try [anna.write("a", in: visit), anna.write("b", in: visit)]
    let outbound = [Hello.Outbound(visit: visit, replica: replica, lastCounter: 2)]
    let certificate = Frame.certificate(anna.certificate)
    _ = try sync([try hello(1, outbound: outbound), certificate, works[0], .end], from: anna)
    #expect(try states()["Anna"] == .missing(1))
    _ = try sync([try hello(2), works[1], .end], from: anna, at: 7)
    #expect(try states()["Anna"] == .complete(at: 7))
  }

  @Test("What a batch builds on and nobody brought is missing, whoever wrote it")
  func provenByDeps() throws {
    let work = try anna.write("a", in: visit)
    // By file: Ben builds on Anna's work, and brings his own first.
    try ben.take(
      [.certificate(anna.certificate), work],
      of: visit,
      identity: bench.keys.identity.publicKey
    )
    let onTop = try ben.write("b", in: visit)
    let answer = try sync([try hello(1), onTop, .end], from: ben)
    let outcomes = answer.compactMap { frame -> String? in
      guard case .result(let result) = frame else { return nil }
      return result.outcome.code
    }
    #expect(outcomes == ["missing"])
    #expect(try states()["Anna"] == .missing(1))
    #expect(try states()["Ben"] == .complete(at: 5))
    _ = try sync([try hello(2), work, onTop, .end], from: ben)
    #expect(try states()["Anna"] == .unknown)
  }

  @Test("What was declared lost is missing no more, however it was known to exist")
  func declaredLost() throws {
    let work = try anna.write("a", in: visit)
    try ben.take(
      [.certificate(anna.certificate), work],
      of: visit,
      identity: bench.keys.identity.publicKey
    )
    let replica = anna.caller.replica
    let outbound = [Hello.Outbound(visit: visit, replica: replica, lastCounter: 1)]
    _ = try sync(
      [try hello(1, outbound: outbound), .certificate(anna.certificate), .end],
      from: anna
    )
    _ = try sync([try hello(1), try ben.write("b", in: visit), .end], from: ben)
    #expect(try states()["Anna"] == .missing(1))
    let absent = try #require(try bench.service.absentBatches(of: visit, store: bench.store).first)
    let declaration = GapDeclaration(
      visit: visit,
      end: absent.end,
      firstCounter: nil,
      because: "The tablet fell into the sea"
    )
    _ = try bench.service.declare(
      declaration,
      newEpoch: ServerBench.next,
      now: 8,
      store: bench.store
    )
    #expect(try states()["Anna"] == .complete(at: 5))
  }

  @Test("Nobody can invent a device, nor speak of a visit that is not theirs")
  func inventions() throws {
    let stranger = ReplicaID(bits: Bits128(high: 77, low: 77))
    let elsewhere = try bench.visit(2, members: [(people[3], .lead)])
    let outbound = [
      Hello.Outbound(visit: visit, replica: stranger, lastCounter: 9),
      Hello.Outbound(visit: elsewhere, replica: ben.caller.replica, lastCounter: 9),
    ]
    _ = try sync([try hello(1, outbound: outbound), .end], from: ben)
    #expect(try states() == ["Anna": .unknown, "Ben": .complete(at: 5), "Cara": .unknown])
    let other = try bench.service.intake(of: elsewhere, store: bench.store)
    #expect(other.devices.map(\.state) == [.unknown])
  }

  @Test("Somebody who was removed is named only while something of theirs is missing")
  func removed() throws {
    let replica = ben.caller.replica
    try bench.remove(people[1], from: visit)
    #expect(try states()["Ben"] == nil)
    let outbound = [Hello.Outbound(visit: visit, replica: replica, lastCounter: 3)]
    _ = try sync([try hello(1, outbound: outbound), .end], from: ben)
    #expect(try states()["Ben"] == .missing(3))
  }
}
