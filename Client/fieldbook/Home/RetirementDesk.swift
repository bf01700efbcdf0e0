import OperationStore
import SyncClient
import SyncProtocol

/// Lets a device go on under a new name: the new key first, durably, then the store, then the files.
///
/// Broken off anywhere, the device has the key of whichever replica its store names.
struct RetirementDesk {
  let device: Device

  /// Retires the replica of a device.
  ///
  /// The successor's key is always a new one, in a file of its own name: no two processes and no two
  /// copies of a folder ever take the same.
  ///
  /// - Throws: ``CommandFailure`` if the present key is not there or a file cannot be written;
  ///   `SyncFailure` if the store refuses.
  func retire(_ enrolment: Enrolment, because reason: RetireReason) throws -> Retirement {
    let key = try device.key(enrolment)
    let home = device.home
    let successor = try KeyFile.make { home.key(of: $0.publicKey.replicaID) }
    let retirement = try Retirement(
      of: enrolment,
      key: key,
      to: successor,
      because: reason,
      now: Environment.clock(),
      store: device.store
    )
    try device.settleKey(of: retirement.enrolment.replica)
    return retirement
  }
}
