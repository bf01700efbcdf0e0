import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// Enrols a device: the key first, durably, then the question to the server.
///
/// An answer may get lost on its way: the same code with the same key gives it again. So a key that
/// no certificate was received for is kept and used, and any other is never used twice.
struct EnrolmentDesk {
  let device: Device

  /// The key to enrol with.
  ///
  /// - Parameter isAgain: Whether the person asked for a new identity.
  /// - Returns: A key that is on the disk and that no replica was named after yet.
  /// - Throws: ``CommandFailure`` if the device is enrolled and may go on as it is.
  func key(isAgain: Bool) throws -> SigningKey {
    let (home, store) = (device.home, device.store)
    let key = try? KeyFile.key(home.key)
    guard let enrolment = try Enrolment(store) else {
      return try key ?? KeyFile.make(home.key)
    }
    if let key, try store.certificate(of: key.publicKey.replicaID) == nil {
      // Made for an enrolment whose answer never came.
      return key
    }
    let obstacle = try device.obstacle(enrolment)
    guard isAgain || obstacle != nil else {
      throw CommandFailure.refused(
        """
        This device is enrolled already: \(enrolment.name) on "\(enrolment.deviceName)". For another \
        person or another device use a folder of its own (--home DIR); for a new identity of this \
        one add --again.
        """
      )
    }
    if let key, key.publicKey.replicaID == enrolment.replica {
      try store.transaction { () throws(StoreError) in
        for visit in try store.visits() {
          try store.seal(visit, key: key, received: Environment.clock())
        }
      }
    }
    if Files.exists(home.key) {
      try Files.move(home.key, to: "\(home.key).\(enrolment.replica)")
    }
    return try KeyFile.make(home.key)
  }

  /// Gives the folder and the store one random name, by which a copied store is noticed.
  func markInstallation() throws {
    let name = Text64.encode(Environment.random(16))
    try Files.save(Array("\(name)\n".utf8), to: device.home.installation, mode: 0o600)
    let store = device.store
    try store.transaction { () throws(StoreError) in
      try store.setDocument("device", "installation", .string(name))
    }
  }
}
