public import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// Makes a new server of an empty store.
  ///
  /// - Parameters:
  ///   - store: An empty store.
  ///   - keys: The server's keys.
  ///   - name: The server's name, for display.
  ///   - epoch: 16 random bytes.
  ///   - now: The server's clock, in milliseconds since 1970.
  /// - Throws: ``Problem`` `unavailable`; `malformed` if the store has a server already.
  public static func initialise(
    _ store: OperationStore,
    keys: ServerKeys,
    name: String,
    epoch: Epoch,
    now: Int64
  ) throws(Problem) {
    let service = Service(keys: keys)
    let existing = try service.stored { () throws(StoreError) in
      try store.document("server", "epoch")
    }
    guard existing == nil else {
      throw Problem(.malformed, "There is a server here already. Nothing was changed.")
    }
    let authority = try service.certified(try keys.authority(of: epoch), name, now: now)
    try service.stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        try service.install(authority, epoch: epoch, store: store)
        try store.setDocument("server", "name", .string(name))
      }
    }
  }

  /// Adds a person.
  ///
  /// - Throws: ``Problem`` `malformed` for an empty or too long name; `unavailable`.
  public func addPerson(
    _ person: PersonID,
    name: String,
    store: OperationStore
  ) throws(Problem) {
    guard (1...Limits.nameBytes).contains(name.utf8.count) else {
      throw Problem(.malformed, "A name has 1 to \(Limits.nameBytes) bytes.")
    }
    try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        try store.setDocument("person", person.text, .object(["name": .string(name)]))
      }
    }
  }

  /// The people of the server, in the order of their names, then identifiers.
  ///
  /// - Throws: ``Problem`` `unavailable`.
  public func people(
    _ store: OperationStore
  ) throws(Problem) -> [(person: PersonID, name: String)] {
    let documents = try stored { () throws(StoreError) in try store.documents("person") }
    return documents.compactMap { document in
      guard let person = PersonID(text: document.key), let name = document.value["name"]?.string
      else { return nil }
      return (person, name)
    }
    .sorted {
      $0.name == $1.name
        ? $0.person < $1.person : Array($0.name.utf8).lexicographicallyPrecedes($1.name.utf8)
    }
  }

  /// Makes a one-time enrolment code for a person.
  ///
  /// Only a hash of the secret is kept: whoever reads the store cannot enrol with it.
  ///
  /// - Parameters:
  ///   - person: The person.
  ///   - secret: Ten random bytes.
  ///   - store: The store.
  /// - Returns: The code to hand over.
  /// - Throws: ``Problem``: `unknown` person, `unavailable`.
  public func issueCode(
    for person: PersonID,
    secret: [UInt8],
    store: OperationStore
  ) throws(Problem) -> EnrolmentCode {
    _ = try personName(person, store: store)
    guard let code = EnrolmentCode(secret: secret, fingerprint: keys.identity.publicKey.fingerprint)
    else { throw Problem(.malformed, "A secret has ten bytes.") }
    try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        try store.setDocument(
          "code",
          Hash256.plain(secret).text,
          .object(["person": .string(person.text)])
        )
      }
    }
    return code
  }

  /// Writes operations of the authority into a visit and seals them at once.
  ///
  /// - Parameters:
  ///   - drafts: What the authority says.
  ///   - visit: The visit; made if it is not there.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Throws: ``Problem``: `malformed` for what would have no effect; `unavailable`.
  public func decree(
    _ drafts: [Draft],
    in visit: VisitID,
    now: Int64,
    store: OperationStore
  ) throws(Problem) {
    try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        try store.addVisit(visit)
        try say(drafts, in: visit, now: now, store: store)
      }
    }
  }

  /// The same in several visits, in one transaction.
  func decree(
    _ decrees: [(visit: VisitID, drafts: [Draft])],
    now: Int64,
    store: OperationStore
  ) throws(Problem) {
    try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        for decree in decrees {
          try say(decree.drafts, in: decree.visit, now: now, store: store)
        }
      }
    }
  }

  /// The same, in a transaction that is under way.
  func say(
    _ drafts: [Draft],
    in visit: VisitID,
    now: Int64,
    store: OperationStore
  ) throws(StoreError) {
    _ = try store.write(drafts, to: visit, clock: now)
    try store.seal(visit, key: signer(store), received: now)
  }

  /// The key of the present authority, for what is written in a transaction under way.
  private func signer(_ store: OperationStore) throws(StoreError) -> SigningKey {
    do throws(Problem) {
      return try authority(store)
    } catch {
      throw StoreError(.fault, error.detail)
    }
  }
}
