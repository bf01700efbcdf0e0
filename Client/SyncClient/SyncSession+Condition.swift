import Convergence
import OperationStore
import SyncProtocol

/// How a session minds the condition of its device: the table decides, and this carries it out.
extension SyncSession {
  /// Looks at the device before anything is sealed or sent; answers whether its replica must retire
  /// first.
  ///
  /// A condition that came up in the session itself stands: it is nothing that the store tells.
  mutating func mustRetire(_ store: OperationStore) throws(SyncFailure) -> Bool {
    let found = try SyncFailure.stored { () throws(StoreError) in try DeviceCondition(store) }
    if condition == nil { condition = found }
    guard let reason = found.retireReason, condition != .revoked else { return false }
    condition = found
    report.retire = reason.joined(report.retire)
    return true
  }

  /// Takes in an event; what it demands of the device is written down where it happens.
  ///
  /// - Returns: What to do.
  mutating func meet(
    _ event: DeviceEvent,
    _ store: OperationStore
  ) throws(StoreError) -> DeviceAction {
    let (next, action) = (condition ?? .ready).after(event)
    condition = next
    // Another process may have retired it meanwhile: its successor is not meant.
    if let reason = next.retireReason, try store.ownReplica() == enrolment.replica {
      try Retirement.demand(reason, in: store)
      report.retire = reason.joined(report.retire)
    }
    return action
  }

  /// Notes that the server knows the replica: whoever answered has the certificates that came before.
  func confirm(_ store: OperationStore) throws(StoreError) {
    guard condition == .ready, try Retirement.isUnconfirmed(enrolment, in: store) else { return }
    try store.setDocument("device", "unconfirmed", nil)
  }

  /// The certificates that the server needs to know the device, if it may not know it.
  func ownCertificates(
    _ enrolment: Enrolment,
    _ store: OperationStore
  ) throws(StoreError) -> [Frame] {
    guard condition == .unconfirmed else { return [] }
    return try store.certificateChain(of: enrolment.replica, identity: enrolment.identity)
      .map { .certificate($0) }
  }
}
