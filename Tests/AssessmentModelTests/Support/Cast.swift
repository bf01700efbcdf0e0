import AssessmentModel
import Convergence

/// The people and devices of the scenarios.
enum Cast {
  static let lead = person(1)
  static let peerA = person(2)
  static let peerB = person(3)
  static let lay = person(4)
  static let observer = person(5)
  static let staff = person(6)
  static let stranger = person(9)

  static func person(_ number: UInt64) -> PersonID {
    PersonID(bits: Bits128(high: 0xA, low: number))
  }

  static func replica(_ number: UInt64) -> ReplicaID {
    ReplicaID(bits: Bits128(high: 0xD, low: number))
  }

  static func dot(_ replica: UInt64, _ counter: Int64) -> Dot {
    Dot(replica: self.replica(replica), counter: counter)
  }

  static let pin = FrameworkPin(
    id: "qsi-imaging",
    edition: "2026-draft",
    hash: Text64.encode([UInt8](repeating: 7, count: 32))
  )

  static let founding = VisitFounding(
    title: "Northern imaging",
    framework: pin,
    identityKey: Text64.encode([UInt8](repeating: 1, count: 32)),
    members: [
      .init(person: lead, role: .lead, name: "Lena"),
      .init(person: peerA, role: .peer, name: "Anna"),
      .init(person: peerB, role: .peer, name: "Ben"),
      .init(person: lay, role: .lay, name: "Lily"),
      .init(person: observer, role: .observer, name: "Olive"),
      .init(person: staff, role: .staff, name: "Stan"),
    ],
    serviceName: "Northern"
  )
}
