import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// A device as a command works with it: its folder and its store.
struct Device {
  let home: Home
  let store: OperationStore

  /// Opens the device that lives in a folder.
  ///
  /// - Throws: ``CommandFailure`` if none does; `StoreError`.
  init(_ home: Home) throws {
    guard home.isThere else {
      throw CommandFailure.refused(
        "There is no device in \(home.path) yet. Enrol it first: fieldbook enrol URL CODE."
      )
    }
    self.home = home
    store = try OperationStore(.file(home.store), meaning: .client)
  }

  /// Opens the device of a folder, and makes folder and store if they are not there.
  init(making home: Home) throws {
    try Files.makeFolder(home.path)
    self.home = home
    store = try OperationStore(.file(home.store), meaning: .client)
  }

  /// Who the device writes as.
  ///
  /// - Throws: ``CommandFailure`` before it is enrolled.
  func enrolment() throws -> Enrolment {
    guard let enrolment = try Enrolment(store) else {
      throw CommandFailure.refused(
        "This device is not enrolled yet. Ask the organiser for a code: fieldbook enrol URL CODE."
      )
    }
    return enrolment
  }

  /// The person who writes here.
  ///
  /// - Throws: ``CommandFailure`` before the device is enrolled.
  func person() throws -> PersonID { try enrolment().person }

  /// What keeps the device from writing, if anything does.
  enum Obstacle {
    /// The key's file is not there.
    case keyMissing

    /// The key is another replica's.
    case otherKey

    /// The store was copied here from another installation.
    case otherInstallation

    /// For a person, with what to do.
    var message: String {
      let what =
        switch self {
        case .keyMissing: "The key of this device (replica.key) is missing from its folder."
        case .otherKey: "The key in replica.key is not the one that this store was written with."
        case .otherInstallation: "This store was copied here from another installation."
        }
      return """
        \(what) Nothing can be written, so that no two devices ever write under one name; everything \
        can still be read. Enrol again with a new code: fieldbook enrol --again URL CODE.
        """
    }
  }

  /// How the device stands towards its server.
  func condition() throws -> DeviceCondition {
    let stored = try store.document("device", "installation")?.string
    let found = try KeyFile.text(home.installation)
    let enrolment = try Enrolment(store)
    return try DeviceCondition(
      store,
      isOwnInstallation: stored != nil && found == stored,
      hasKey: enrolment.map { matchingKey($0) != nil } ?? false
    )
  }

  /// What keeps the device from writing; `nil` if nothing does.
  func obstacle(_ enrolment: Enrolment) throws -> Obstacle? {
    switch try condition() {
    case .otherInstallation: .otherInstallation
    case .keyMissing: Files.exists(home.key) ? .otherKey : .keyMissing
    case .notEnrolled, .revoked, .mustRetire, .outdated, .unconfirmed, .ready: nil
    }
  }

  /// The key with which the device signs.
  ///
  /// - Throws: ``CommandFailure`` if the device may not write.
  func key(_ enrolment: Enrolment) throws -> SigningKey {
    if let obstacle = try obstacle(enrolment) { throw CommandFailure.refused(obstacle.message) }
    guard let key = matchingKey(enrolment) else {
      throw CommandFailure.refused(Obstacle.keyMissing.message)
    }
    return key
  }

  /// The key of the replica that writes here, if a file holds it: the present one, or the next one
  /// where enrolling or retiring was broken off at its very end.
  func matchingKey(_ enrolment: Enrolment) -> SigningKey? { keyFile(of: enrolment.replica)?.key }

  /// Puts the key of the replica that writes here in its place; the one that lay there is kept under
  /// its own name.
  func settleKey(of replica: ReplicaID) throws {
    guard let (path, _) = keyFile(of: replica), path != home.key else { return }
    if let old = try? KeyFile.key(home.key) {
      try Files.move(home.key, to: home.key(of: old.publicKey.replicaID))
    } else if Files.exists(home.key) {
      try Files.move(home.key, to: "\(home.key).unreadable")
    }
    try Files.move(path, to: home.key)
  }

  private func keyFile(of replica: ReplicaID) -> (path: String, key: SigningKey)? {
    for path in [home.key, home.nextKey, home.key(of: replica)] {
      if let key = try? KeyFile.key(path), key.publicKey.replicaID == replica { return (path, key) }
    }
    return nil
  }
}
