import Convergence
import SyncProtocol
import Testing

/// Keys, names and signed things that tests share; the keys are those of the vectors.
enum Samples {
  static let clock: Int64 = 1_795_244_400_000
  static let visit = VisitID(bits: Bits128(high: 7, low: 7))
  static let replica = ReplicaID(bits: Bits128(high: 3, low: 1))
  static let epoch = Epoch(bits: Bits128(high: 9, low: 9))

  static func key(_ number: Int) throws -> SigningKey {
    try #require(
      SigningKey(seed: Hash256.plain(Array("fieldbook vector key \(number)".utf8)).bytes)
    )
  }

  static func person(_ number: UInt64) -> PersonID { PersonID(bits: Bits128(high: 1, low: number)) }

  static func hash(_ number: UInt64) -> Hash256 {
    Hash256(prefix: Bits128(high: number, low: 0), suffix: Bits128(high: 0, low: number))
  }

  static func dot(_ number: UInt64, _ counter: Int64, branch: UInt64 = 0) -> Dot {
    Dot(
      replica: ReplicaID(bits: Bits128(high: 3, low: number)),
      counter: counter,
      branch: Branch(name: branch)
    )
  }

  /// A certificate of a person's device under key `number`.
  static func certificate(
    _ number: Int,
    person: UInt64 = 1,
    by issuer: Int = 0,
    name: String = "Reviewer",
    device: String = "Tablet"
  ) throws -> Certificate {
    Certificate(
      key: try key(number).publicKey,
      holder: .device(person: Self.person(person), deviceName: device),
      name: name,
      issuer: try key(issuer).publicKey,
      clock: clock
    )
  }

  static func title(
    _ text: String,
    over: [Dot] = [],
    at record: RecordID = .named("visit")
  ) -> Draft {
    Draft(Assignment(record: record, field: "title", value: .string(text), over: over))
  }

  static func open(_ counter: Int64, _ draft: Draft, clock: Int64 = clock) throws -> OpenOperation {
    try OpenOperation(counter: counter, clock: clock, draft: draft)
  }

  /// A line with the members of a batch, in which a test replaces what it is about.
  static func batchLine(_ changes: [String: String?] = [:]) throws -> [UInt8] {
    let replica = try key(1).publicKey.replicaID
    var members: [(String, String)] = [
      ("v", "1"), ("visit", "\"\(visit)\""), ("replica", "\"\(replica)\""), ("b", "1"), ("n", "1"),
      ("t", "\(clock)"), ("ops", #"[{"k":"later"}]"#),
    ]
    for key in changes.keys.sorted() {
      members.removeAll { $0.0 == key }
      if let value = changes[key] ?? nil { members.append((key, value)) }
    }
    return Array("{\(members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}".utf8)
  }
}
