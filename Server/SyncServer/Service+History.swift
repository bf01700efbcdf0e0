import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// The key of the server's own replica in the present history.
  ///
  /// - Throws: ``Problem`` `unavailable` if the store was never initialised.
  public func authority(_ store: OperationStore) throws(Problem) -> SigningKey {
    try keys.authority(of: try epoch(store))
  }

  /// Checks that the store was made, or begun anew, with this identity key.
  ///
  /// - Throws: ``Problem`` `unavailable` if the store was never initialised or belongs to another
  ///   server's keys.
  public func checkKeys(_ store: OperationStore) throws(Problem) {
    let authority = try authority(store).publicKey.replicaID
    let own = try stored { () throws(StoreError) in try store.ownReplica() }
    guard own == authority else {
      throw Problem(
        .unavailable,
        "The store belongs to a server with another identity key. Put back the identity.key of it."
      )
    }
  }

  /// Begins a new history, in a store that was put back to an earlier state.
  ///
  /// Positions that devices hold count in the old history, so every device compares what it holds
  /// and sends what is lacking here. The authority goes on as a new replica: what the old one wrote
  /// since comes back from devices under its own name. The devices' tokens may be older here than
  /// theirs, which must not look like copied devices: they are forgotten. Codes that look unused may
  /// have been used since: they are void.
  ///
  /// - Parameters:
  ///   - epoch: 16 random bytes.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: How many unused codes are void now.
  /// - Throws: ``Problem`` `unavailable`, also if the store was never initialised or belongs to
  ///   another server's keys.
  @discardableResult
  public func beginHistory(
    _ epoch: Epoch,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> Int {
    try checkKeys(store)
    let before = try self.epoch(store)
    guard epoch != before else {
      throw Problem(.unavailable, "A new history needs another name than the present one.")
    }
    let authority = try certified(try keys.authority(of: epoch), try name(store), now: now)
    return try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        for device in try store.documents("device") {
          try store.setDocument("device", device.key, nil)
        }
        try remember(before, until: now, store: store)
        try install(authority, epoch: epoch, store: store)
        return try voidCodes(store)
      }
    }
  }

  /// A certificate of the server's own replica.
  func certified(
    _ key: SigningKey,
    _ name: String,
    now: Int64
  ) throws(Problem) -> SealedCertificate {
    try sealed(
      Certificate(
        key: key.publicKey,
        holder: .authority,
        name: name,
        issuer: keys.identity.publicKey,
        clock: now
      )
    )
  }

  /// Makes a certified replica the server's own, and the history the present one.
  func install(
    _ authority: SealedCertificate,
    epoch: Epoch,
    store: OperationStore
  ) throws(StoreError) {
    switch try store.admit(authority, identity: keys.identity.publicKey) {
    case .success(let certificate): try store.setOwnReplica(certificate.replica)
    case .failure(let error): throw StoreError(.refused, error.message)
    }
    try store.setDocument("server", "epoch", .string(epoch.text))
  }

  /// Writes down how far each visit went in the history that ends.
  private func remember(
    _ epoch: Epoch,
    until now: Int64,
    store: OperationStore
  ) throws(StoreError) {
    var visits: [Value] = []
    for visit in try store.visits() {
      let digest = try store.logDigest(of: visit)
      visits.append(
        .list([.string(visit.text), .int(digest.position), .string(digest.hash.text)])
      )
    }
    let number = try store.documents("history").count + 1
    try store.setDocument(
      "history",
      epoch.text,
      .object(["number": .int(Int64(number)), "until": .int(now), "visits": .list(visits)])
    )
  }

  private func voidCodes(_ store: OperationStore) throws(StoreError) -> Int {
    var count = 0
    for code in try store.documents("code") where code.value["used"] == nil {
      guard code.value["void"] == nil, let person = code.value["person"] else { continue }
      try store.setDocument(
        "code",
        code.key,
        .object(["person": person, "void": .bool(true)])
      )
      count += 1
    }
    return count
  }
}
