import Convergence
import SyncProtocol
import Testing

@Suite("How much of a visit is in")
struct IntakeTests {
  private func device(
    _ person: UInt64,
    held: Int64 = 0,
    known: Int64 = 0,
    seen: Int64? = nil,
    replica: ReplicaID? = Samples.replica
  ) -> Intake.Device {
    Intake.Device(
      person: PersonID(bits: Bits128(high: person, low: 0)),
      replica: replica,
      name: replica == nil ? "" : "Tablet",
      held: held,
      known: known,
      seen: seen
    )
  }

  @Test("What is known to exist and not held is missing, whenever the device was seen")
  func missing() {
    #expect(device(1, held: 4, known: 9, seen: 100).state == .missing(5))
    #expect(device(1, held: 0, known: 1).state == .missing(1))
  }

  @Test("A device that had nothing more is complete at that time, and one never seen is unknown")
  func completeOrUnknown() {
    #expect(device(1, held: 4, known: 4, seen: 100).state == .complete(at: 100))
    #expect(device(1, held: 4, known: 2, seen: 100).state == .complete(at: 100))
    #expect(device(1, held: 0, seen: 100).state == .complete(at: 100))
    #expect(device(1, held: 4).state == .unknown)
    #expect(device(1, replica: nil).state == .unknown)
  }

  @Test("It is read as it was written, in an order of its own")
  func roundTrip() throws {
    let devices = [
      device(2, held: 3, known: 5, seen: -1), device(1, replica: nil), device(3, seen: 7),
    ]
    let intake = Intake(visit: Samples.visit, devices: devices)
    #expect(intake.devices.map { $0.person.bits.high } == [1, 2, 3])
    #expect(try Intake(intake.value) == intake)
    #expect(Intake(visit: Samples.visit, devices: devices.reversed()) == intake)
    let body = Frame.body([.intake(intake), .end])
    #expect(try FrameReader.frames(of: body).frames == [.intake(intake), .end])
  }

  @Test("Its fingerprint changes with everything that it says")
  func fingerprint() {
    let base = Intake(visit: Samples.visit, devices: [device(1, held: 1, known: 2, seen: 3)])
    let others = [
      device(2, held: 1, known: 2, seen: 3), device(1, held: 2, known: 2, seen: 3),
      device(1, held: 1, known: 3, seen: 3), device(1, held: 1, known: 2, seen: 4),
      device(1, held: 1, known: 2), device(1, held: 1, known: 2, seen: 3, replica: nil),
    ]
    for other in others {
      #expect(Intake(visit: Samples.visit, devices: [other]).fingerprint != base.fingerprint)
    }
  }

  @Test(
    "What does not read is malformed",
    arguments: [
      Value.list([]), .object([:]), .object(["visit": .string("x"), "devices": .list([])]),
      .object(["visit": .string(Samples.visit.text)]),
      .object(["visit": .string(Samples.visit.text), "devices": .list([.int(1)])]),
      .object(["visit": .string(Samples.visit.text), "devices": .list([.object([:])])]),
      .object([
        "visit": .string(Samples.visit.text),
        "devices": .list([
          .object([
            "person": .string(Samples.visit.text), "name": .string(""), "held": .int(-1),
            "known": .int(0),
          ])
        ]),
      ]),
    ]
  )
  func malformed(value: Value) {
    let error = #expect(throws: ProtocolError.self) { try Intake(value) }
    #expect(error?.code == .malformed)
  }
}
