public import Convergence
public import OperationStore
public import SyncProtocol

/// Who a device writes as, and which server it belongs to: what enrolling gave, kept in its store.
public struct Enrolment: Hashable, Sendable {
  /// Where the server is, as the person typed it.
  public let server: String

  /// The server's identity key, pinned.
  public let identity: PublicKey

  /// The server's name, for display.
  public let serverName: String

  /// Who the device writes as.
  public let person: PersonID

  /// The person's name.
  public let name: String

  /// The device's name.
  public let deviceName: String

  /// The device's replica.
  public let replica: ReplicaID

  /// Describes an enrolment.
  public init(
    server: String,
    identity: PublicKey,
    serverName: String,
    person: PersonID,
    name: String,
    deviceName: String,
    replica: ReplicaID
  ) {
    self.server = server
    self.identity = identity
    self.serverName = serverName
    self.person = person
    self.name = name
    self.deviceName = deviceName
    self.replica = replica
  }

  /// The enrolment of a device, or `nil` before it enrolled.
  ///
  /// - Throws: `StoreError`, `damaged` if what is stored does not read.
  public init?(_ store: OperationStore) throws(StoreError) {
    guard let value = try store.document("device", "enrolment") else { return nil }
    do throws(ProtocolError) {
      let members = try Members(value, of: "enrolment")
      self.init(
        server: try members.string("server"),
        identity: try members.publicKey("identity"),
        serverName: try members.string("serverName"),
        person: try members.identifier("person"),
        name: try members.string("name"),
        deviceName: try members.string("device"),
        replica: try members.identifier("replica")
      )
    } catch {
      throw StoreError(.damaged, "The enrolment of this device does not read: \(error.message).")
    }
  }

  func save(in store: OperationStore) throws(StoreError) {
    try store.setDocument(
      "device",
      "enrolment",
      .object([
        "device": .string(deviceName), "identity": .string(identity.text), "name": .string(name),
        "person": .string(person.text), "replica": .string(replica.text),
        "server": .string(server), "serverName": .string(serverName),
      ])
    )
  }
}

extension Enrolment {
  /// Takes in what a server answered to an enrolment, and makes the device ready to write.
  ///
  /// - Parameters:
  ///   - frames: The answer.
  ///   - code: The code that was typed; the server's identity key must have its fingerprint.
  ///   - key: The key that the device made.
  ///   - server: Where the server is, as the person typed it.
  ///   - deviceName: The device's name.
  ///   - store: The device's store.
  /// - Throws: ``SyncFailure``: `untrustedServer` if the answer is not from the server that made
  ///   the code; `notEnrolled` while another person's work is not signed; `store`.
  public init(
    answer frames: [Frame],
    code: EnrolmentCode,
    key: SigningKey,
    server: String,
    deviceName: String,
    store: OperationStore
  ) throws(SyncFailure) {
    guard case .enrolled(let enrolled)? = frames.first,
      enrolled.identity.fingerprint == code.fingerprint
    else {
      throw SyncFailure(
        .untrustedServer,
        """
        The server at \(server) is not the one that made this code: its identity differs. Check the \
        address. If it is right, somebody may stand between you and the server: do not go on.
        """
      )
    }
    self.init(
      server: server,
      identity: enrolled.identity,
      serverName: enrolled.server,
      person: enrolled.person,
      name: enrolled.name,
      deviceName: deviceName,
      replica: key.publicKey.replicaID
    )
    let enrolment = self
    try checkForOthersWork(store)
    try SyncFailure.stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        for case .certificate(let sealed) in frames {
          if case .failure(let error) = try store.admit(sealed, identity: enrolled.identity) {
            throw StoreError(.refused, error.message)
          }
        }
        let own = try store.certificate(of: enrolment.replica)
        guard let own, own.person == enrolment.person else {
          throw StoreError(.refused, "The answer holds no certificate for this device.")
        }
        try enrolment.takeOver(store)
        try enrolment.save(in: store)
        // What was said under an earlier name says nothing of this one.
        for name in ["token", "proposal", "receipt", "retire", "unconfirmed", "server"] {
          try store.setDocument("device", name, nil)
        }
      }
    }
  }

  /// Makes the replica the one that writes.
  ///
  /// What the same person wrote and did not seal goes with it; what another did stays in the way.
  private func takeOver(_ store: OperationStore) throws(StoreError) {
    guard let earlier = try store.ownReplica(), earlier != replica,
      let certificate = try store.certificate(of: earlier)
    else { return try store.setOwnReplica(replica) }
    if certificate.person == person {
      try store.succeed(replica)
    } else {
      try store.setOwnReplica(replica)
    }
  }

  /// What was written under another person's name and never signed cannot go on under this one.
  private func checkForOthersWork(_ store: OperationStore) throws(SyncFailure) {
    let (open, name) = try SyncFailure.stored { () throws(StoreError) -> (Int64, String) in
      guard let earlier = try store.ownReplica(), earlier != replica,
        let certificate = try store.certificate(of: earlier), certificate.person != person
      else { return (0, "") }
      var open: Int64 = 0
      for visit in try store.visits() { open += try store.unsentCounts(of: visit).openOperations }
      return (open, certificate.name)
    }
    guard open == 0 else {
      throw SyncFailure(
        .notEnrolled,
        """
        \(open) changes in this folder are by \(name) and were never signed: they can only go on \
        under that name. Enrol this folder with a code for \(name) first, or enrol \(self.name) in \
        another folder with a new code. Nothing was changed.
        """
      )
    }
  }
}
