import AssessmentModel
import Convergence
import Foundation
import OperationStore
import SyncProtocol
import SyncServer

/// What reviewers do on visit days, sealed and signed ahead of the measuring: judgements with
/// rationales, changes of mind, comments, evidence, on several devices a visit.
struct Workload {
  /// One visit with the batches of its devices in the order in which they were written.
  struct Visit {
    let id: VisitID
    let devices: [Device]
    var batches: [[SealedBatch]]
  }

  /// One device: its key and certificate.
  struct Device {
    let key: SigningKey
    let person: PersonID
    let certificate: SealedCertificate
  }

  let keys: ServerKeys
  var visits: [Visit] = []
  private(set) var operations = 0
  private var generator: SplitMix

  /// Makes a workload; the same seed makes the same bytes.
  init(seed: UInt64, visits: Int, devices: Int, operations total: Int) throws {
    generator = SplitMix(state: seed)
    keys = ServerKeys(identity: try Self.key(1, 0))
    let perDevice = total / (visits * devices)
    for number in 0..<visits {
      try addVisit(number, devices: devices, perDevice: perDevice)
    }
  }

  var batchCount: Int { visits.flatMap(\.batches).map(\.count).reduce(0, +) }

  var summary: String {
    """
    workload: seed 1, \(visits.count) visits of \(visits[0].devices.count) devices, \
    \(operations) operations in \(batchCount) batches of 16 to 64
    """
  }

  /// A key that a number names.
  static func key(_ kind: UInt8, _ number: Int) throws -> SigningKey {
    let seed = Hash256.plain([kind] + Array("benchmark \(number)".utf8)).bytes
    guard let key = SigningKey(seed: seed) else { throw CocoaError(.coderInvalidValue) }
    return key
  }

  private mutating func addVisit(_ number: Int, devices: Int, perDevice: Int) throws {
    let id = VisitID(bits: Hash256.plain(Array("benchmark visit \(number)".utf8)).prefix)
    var members: [Device] = []
    for index in 0..<devices {
      let key = try Self.key(3, number * 1_000 + index)
      let person = PersonID(
        bits: Hash256.plain(Array("benchmark person \(number) \(index)".utf8)).prefix
      )
      let certificate = Certificate(
        key: key.publicKey,
        holder: .device(person: person, deviceName: "tablet"),
        name: "Reviewer \(index)",
        issuer: keys.identity.publicKey,
        clock: 0
      )
      members.append(
        Device(key: key, person: person, certificate: try certificate.sealed(by: keys.identity))
      )
    }
    var visit = Visit(id: id, devices: members, batches: [])
    for device in members {
      visit.batches.append(try batches(of: device, visit: id, count: perDevice))
    }
    visits.append(visit)
  }

  private mutating func batches(
    of device: Device,
    visit: VisitID,
    count: Int
  ) throws -> [SealedBatch] {
    let sealer = Sealer(visit: visit, key: device.key, person: device.person)
    var head = Sealer.Head.start
    var batches: [SealedBatch] = []
    var last: [String: Dot] = [:]
    var counter: Int64 = 1
    var left = count
    while left > 0 {
      let size = min(left, Int.random(in: 16...64, using: &generator))
      var open: [OpenOperation] = []
      for _ in 0..<size {
        let draft = draft(device, counter, &last)
        let clock = 1_795_244_400_000 + counter * 20_000
        open.append(try OpenOperation(counter: counter, clock: clock, draft: draft))
        counter += 1
      }
      let sealed = try sealer.seal(open, after: head, deps: [])
      batches += sealed
      if let end = sealed.last {
        head = Sealer.Head(number: head.number + Int64(sealed.count), hash: end.hash)
      }
      left -= size
      operations += size
    }
    return batches
  }

  /// Seven in ten are judgements, a third of them a change of mind; the rest comments and evidence.
  private mutating func draft(
    _ device: Device,
    _ counter: Int64,
    _ last: inout [String: Dot]
  ) -> Draft {
    let standard =
      "qsi/xr-\(Int.random(in: 1...8, using: &generator))0\(Int.random(in: 1...9, using: &generator))"
    let kind = Int.random(in: 0..<10, using: &generator)
    let text = sentence()
    if kind < 7 {
      let dot = Dot(replica: device.key.publicKey.replicaID, counter: counter)
      defer { last[standard] = dot }
      return Draft(
        Assignment(
          record: .named("standard:\(standard)"),
          field: "judgement",
          slot: device.person.text,
          value: .object([
            "because": .string(text),
            "is": .string(kind < 5 ? "met" : "not-met"),
            "under": .string("2026-draft"),
          ]),
          over: last[standard].map { [$0] } ?? []
        )
      )
    }
    if kind < 9 {
      return Draft(
        Addition(
          type: "comment",
          within: .named("standard:\(standard)"),
          fields: [Addition.Field(name: "text", value: .string(text))]
        )
      )
    }
    return Draft(
      Addition(
        type: "evidence",
        within: .named("visit"),
        fields: [
          Addition.Field(name: "supports", slot: standard, value: .bool(true)),
          Addition.Field(name: "title", value: .string(text)),
        ]
      )
    )
  }

  private mutating func sentence() -> String {
    let words = [
      "protocol", "seen", "on", "the", "wall", "staff", "confirm", "that", "rota", "covers",
      "weekends",
      "but", "review", "date", "passed", "lead", "named", "audit", "repeated", "in", "spring",
    ]
    let count = Int.random(in: 4...14, using: &generator)
    return (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &generator)] }
      .joined(separator: " ")
  }

  /// Makes a server's store ready for the workload: identity, certificates, visits with rosters.
  func prepare(_ store: OperationStore) throws {
    try Service.initialise(
      store,
      keys: keys,
      name: "Benchmark",
      epoch: Epoch(bits: Bits128(high: 7, low: 7)),
      now: 0
    )
    let service = Service(keys: keys)
    for visit in visits {
      let founding = VisitFounding(
        title: "Visit",
        framework: FrameworkPin(
          id: "qsi-imaging",
          edition: "2026-draft",
          hash: Hash256.plain([]).text
        ),
        identityKey: keys.identity.publicKey.text,
        members: visit.devices.map {
          VisitFounding.Member(person: $0.person, role: .peer, name: "Reviewer")
        },
        serviceName: "Imaging"
      )
      try service.decree(try founding.drafts(), in: visit.id, now: 0, store: store)
      try store.transaction { () throws(StoreError) in
        for device in visit.devices {
          _ = try store.admit(device.certificate, identity: keys.identity.publicKey)
        }
      }
    }
  }
}
