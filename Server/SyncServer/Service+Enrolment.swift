import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// Enrols a device with a one-time code (section 9.2).
  ///
  /// Repeating a request with the same key gives the same answer: a lost answer costs nothing.
  ///
  /// - Parameters:
  ///   - request: What the device asks, its signature checked.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: The answer's frames.
  /// - Throws: ``Problem``: `code`, `unavailable`.
  public func enrol(
    _ request: EnrolRequest,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> [Frame] {
    let codeKey = Hash256.plain(request.secret).text
    let code = try stored { () throws(StoreError) in try store.document("code", codeKey) }
    guard let code, let person = code["person"]?.string.flatMap({ PersonID(text: $0) }) else {
      throw Problem(.code, "This enrolment code is not known here. Check it, or ask for a new one.")
    }
    guard code["void"] == nil else {
      throw Problem(.code, "This enrolment code is no longer good. Ask for a new one.")
    }
    let name = try personName(person, store: store)
    let replica = request.key.replicaID
    if let used = code["used"]?.string {
      guard used == request.key.text,
        let sealed = try stored({ () throws(StoreError) in
          try store.sealedCertificate(of: replica)
        })
      else {
        throw Problem(.code, "This enrolment code was used already. Ask for a new one.")
      }
      return try answer(sealed, person: person, name: name, store: store)
    }
    let certificate = Certificate(
      key: request.key,
      holder: .device(person: person, deviceName: request.deviceName),
      name: name,
      issuer: keys.identity.publicKey,
      clock: now
    )
    let sealed = try sealed(certificate)
    try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        if case .failure(let error) = try store.admit(sealed, identity: keys.identity.publicKey) {
          throw StoreError(.refused, error.message)
        }
        try store.setDocument(
          "code",
          codeKey,
          .object(["person": .string(person.text), "used": .string(request.key.text)])
        )
      }
    }
    return try answer(sealed, person: person, name: name, store: store)
  }

  private func answer(
    _ sealed: SealedCertificate,
    person: PersonID,
    name: String,
    store: OperationStore
  ) throws(Problem) -> [Frame] {
    let replica = try self.authority(store).publicKey.replicaID
    let authority = try stored { () throws(StoreError) in
      try store.sealedCertificate(of: replica)
    }
    guard let authority else { throw Problem(.unavailable, "The server was not initialised.") }
    let enrolled = Frame.Enrolled(
      identity: keys.identity.publicKey,
      server: try self.name(store),
      epoch: try epoch(store),
      person: person,
      name: name
    )
    return [.enrolled(enrolled), .certificate(sealed), .certificate(authority), .end]
  }

  func sealed(_ certificate: Certificate) throws(Problem) -> SealedCertificate {
    do throws(ProtocolError) {
      return try certificate.sealed(by: keys.identity)
    } catch {
      throw Problem(.unavailable, error.message)
    }
  }

  func personName(_ person: PersonID, store: OperationStore) throws(Problem) -> String {
    let name = try stored { () throws(StoreError) in try store.document("person", person.text) }
    guard let name = name?["name"]?.string else {
      throw Problem(.unknown, "There is no person \(person) on this server.")
    }
    return name
  }
}
