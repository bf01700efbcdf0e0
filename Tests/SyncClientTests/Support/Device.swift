import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import Testing

/// One device of a ``Lab``: a store, a key, and what its person does on it.
final class Device {
  private(set) var enrolment: Enrolment
  private(set) var key: SigningKey
  let store: OperationStore
  let visit: VisitID
  private var tokens: UInt64 = 0
  private var salt: UInt64 = 0

  /// What the device's clock shows its person; nothing may depend on it.
  var clock: Int64 = 1_795_244_400_000

  init(enrolment: Enrolment, key: SigningKey, store: OperationStore, visit: VisitID) {
    self.enrolment = enrolment
    self.key = key
    self.store = store
    self.visit = visit
  }

  /// A token that no other call gives.
  func token() -> Bits128 {
    tokens += 1
    return Bits128(high: enrolment.replica.bits.low ^ salt, low: tokens)
  }

  /// Another device with everything that this one knows of itself, on a copy of its store.
  func copied(to store: OperationStore, _ number: UInt64) -> Device {
    let copy = Device(enrolment: enrolment, key: key, store: store, visit: visit)
    copy.salt = number << 32
    return copy
  }

  /// Goes on as a successor.
  func retire(because reason: RetireReason, to successor: SigningKey) throws -> Retirement {
    let retirement = try Retirement(
      of: enrolment,
      key: key,
      to: successor,
      because: reason,
      now: 1_795_244_500_000,
      store: store
    )
    enrolment = retirement.enrolment
    key = successor
    return retirement
  }

  /// A session over the device's visit, and others that are on the device.
  func session(and others: [VisitID] = []) -> SyncSession {
    SyncSession(
      enrolment: enrolment,
      key: key,
      visits: [visit] + others,
      client: "test",
      model: 1
    )
  }

  /// Judges a standard as the device's person sees it now.
  func judge(
    _ ref: String,
    _ outcome: Outcome,
    because: String = "Seen.",
    in other: VisitID? = nil
  ) throws {
    let standard = try #require(StandardID("qsi/\(ref)"))
    let reason: NotApplicableReason? = outcome == .notApplicable ? .other : nil
    try write(to: other) { editor throws(EditError) in
      try editor.judge(standard, outcome, because: because, reason: reason)
    }
  }

  func write(to other: VisitID? = nil, _ make: (Editor) throws(EditError) -> Draft) throws {
    let visit = other ?? visit
    let editor = Editor(
      cells: try store.cells(of: visit),
      me: enrolment.person,
      framework: nil
    )
    let draft = try make(editor)
    _ = try store.transaction { () throws(StoreError) in
      try store.write([draft], to: visit, clock: clock)
    }
  }

  /// Everything is sent: nothing is open and no batch waits.
  func expectQuiet() throws {
    let counts = try store.unsentCounts(of: visit)
    #expect(counts.openOperations == 0 && counts.batches == 0)
  }

  func digest() throws -> Hash256 { try store.stateDigest(of: visit) }
}
