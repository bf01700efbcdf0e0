import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// Enrols a device: the key first, durably, then the question to the server.
///
/// An answer may get lost on its way: the same code with the same key gives it again. So a key that
/// no certificate was received for is kept and used, and any other is never used twice. A device that
/// is enrolled already goes on with its present key until the new one is certified.
struct EnrolmentDesk {
  let device: Device

  /// The key to enrol with.
  ///
  /// - Parameter isAgain: Whether the person asked for a new identity.
  /// - Returns: A key that is on the disk and that nothing was written with yet.
  /// - Throws: ``CommandFailure`` if the device is enrolled and may go on as it is.
  func key(isAgain: Bool) throws -> SigningKey {
    let (home, store) = (device.home, device.store)
    guard let enrolment = try Enrolment(store) else {
      try markInstallation()
      return try (try? KeyFile.key(home.key)) ?? KeyFile.make(home.key)
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
    try device.settleKey(of: enrolment.replica)
    // In a copy nothing is sealed: the work moves to the new name and is counted once.
    if obstacle == nil { try sealWithPresentKey(enrolment) }
    if let key = try? KeyFile.key(home.nextKey),
      try store.certificate(of: key.publicKey.replicaID) == nil
    {
      return key
    }
    return try KeyFile.make(home.nextKey)
  }

  /// Puts a new key out of the way that the server certified and this folder cannot use: it bears
  /// another person's name by now, and the next attempt needs a key of its own.
  func setKeyAside() throws {
    let key = device.home.nextKey
    if Files.exists(key) { try Files.move(key, to: "\(key).unused") }
  }

  /// Puts the new key in the place of the old one, which is kept under its own name.
  func finish(_ enrolment: Enrolment) throws {
    guard (try? KeyFile.key(device.home.nextKey))?.publicKey.replicaID == enrolment.replica else {
      return
    }
    try device.settleKey(of: enrolment.replica)
    try markInstallation()
  }

  /// Seals what was written under the old name, while its key is there.
  ///
  /// Where the key is gone, the work moves: the same person's new replica takes it over.
  private func sealWithPresentKey(_ enrolment: Enrolment) throws {
    let store = device.store
    guard let key = device.matchingKey(enrolment) else { return }
    try store.transaction { () throws(StoreError) in
      for visit in try store.visits() {
        try store.seal(visit, key: key, received: Environment.clock())
      }
    }
  }

  /// Gives the folder and the store one random name, by which a copied store is noticed.
  private func markInstallation() throws {
    let name = Text64.encode(Environment.random(16))
    try Files.save(Array("\(name)\n".utf8), to: device.home.installation, mode: 0o600)
    let store = device.store
    try store.transaction { () throws(StoreError) in
      try store.setDocument("device", "installation", .string(name))
    }
  }
}
