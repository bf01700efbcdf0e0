import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

/// A device with a store in memory: it writes, seals and takes in what others wrote.
final class Device {
  let key: SigningKey
  let certificate: SealedCertificate
  let caller: Caller
  let store: OperationStore

  var person: PersonID { caller.person }

  /// Takes what an enrolment gave.
  init(key: SigningKey, answer: [Frame], identity: PublicKey) throws {
    self.key = key
    let certificates = answer.compactMap { frame -> SealedCertificate? in
      guard case .certificate(let sealed) = frame else { return nil }
      return sealed
    }
    certificate = try #require(certificates.first)
    caller = Caller(certificate: try Certificate(line: certificate.line))
    let store = try OperationStore(.memory, meaning: .assessment)
    try store.transaction { () throws(StoreError) in
      for sealed in certificates {
        _ = try store.admit(sealed, identity: identity)
      }
      try store.setOwnReplica(key.publicKey.replicaID)
    }
    self.store = store
  }

  /// Goes on as a successor of a device, certified by it; on a store that has nothing yet.
  init(successorOf old: Device, key: SigningKey, identity: PublicKey) throws {
    let certificate = Certificate(
      key: key.publicKey,
      holder: .device(person: old.person, deviceName: old.caller.certificate.deviceName),
      name: old.caller.certificate.name,
      issuer: old.key.publicKey,
      clock: ServerBench.now
    )
    let sealed = try certificate.sealed(by: old.key)
    let store = try OperationStore(.memory, meaning: .assessment)
    try store.transaction { () throws(StoreError) in
      for known in try old.store.certificates() {
        let chain = try old.store.certificateChain(of: known.replica, identity: identity)
        for sealed in chain { _ = try store.admit(sealed, identity: identity) }
      }
      _ = try store.admit(sealed, identity: identity)
      try store.setOwnReplica(certificate.replica)
    }
    self.key = key
    self.certificate = sealed
    caller = Caller(certificate: certificate)
    self.store = store
  }

  /// Takes batches and certificates in.
  func take(_ frames: [Frame], of visit: VisitID, identity: PublicKey) throws {
    for frame in frames {
      switch frame {
      case .certificate(let sealed):
        _ = try store.transaction { () throws(StoreError) in
          try store.admit(sealed, identity: identity)
        }
      case .batch(let sealed, _):
        let verified = try VerifiedBatch(sealed) { try? store.certificate(of: $0) }
        _ = try store.transaction { () throws(StoreError) in
          try store.addVisit(visit)
          return try store.admit(verified, received: ServerBench.now, isSent: true)
        }
      case .hello, .own, .head, .result, .page, .intake, .enrolled, .streams, .held, .history,
        .end:
        continue
      }
    }
  }

  /// Declares an interest, sealed in a batch of its own, and gives it as a frame.
  @discardableResult
  func write(_ text: String, in visit: VisitID) throws -> Frame {
    let record = RecordID.named("visit")
    let cell = try store.cells(of: visit)[CellKey(record, "interest", slot: person.text)]
    let draft = Draft(
      Assignment(
        record: record,
        field: "interest",
        slot: person.text,
        value: .object(["declares": .string(text)]),
        over: cell.siblings.map(\.dot)
      )
    )
    try store.transaction { () throws(StoreError) in
      _ = try store.write([draft], to: visit, clock: ServerBench.now)
      try store.seal(visit, key: key, received: ServerBench.now)
    }
    let sealed = try #require(try store.unsent(of: visit).last?.sealed)
    return .batch(sealed, nil)
  }
}

extension Frame {
  /// The sealed batch in the frame.
  var sealed: SealedBatch? {
    guard case .batch(let sealed, _) = self else { return nil }
    return sealed
  }

  /// The code on the wire of a frame's kind, to compare whole answers by.
  var kind: String {
    switch self {
    case .hello: "hello"
    case .certificate: "certificate"
    case .batch: "batch"
    case .own: "own"
    case .head: "head"
    case .result: "result"
    case .page: "page"
    case .intake: "intake"
    case .enrolled: "enrolled"
    case .streams: "streams"
    case .held: "held"
    case .history: "history"
    case .end: "end"
    }
  }
}
