public import Convergence
public import SyncProtocol

extension OperationStore {
  /// The certificate of a replica, valid when it was taken in; `nil` if none is held.
  ///
  /// - Throws: ``StoreError``.
  public func certificate(of replica: ReplicaID) throws(StoreError) -> Certificate? {
    try entry(of: replica)?.certificate
  }

  /// The certificate of a replica as it came.
  ///
  /// - Throws: ``StoreError``.
  public func sealedCertificate(of replica: ReplicaID) throws(StoreError) -> SealedCertificate? {
    var found: SealedCertificate?
    try database.rows(
      "SELECT line, signature FROM replicas WHERE replica = ?1",
      .blob(replica.bits.bytes)
    ) { (row) throws(StoreError) in
      guard let signature = Signature(bytes: row.blob(1)) else { throw Self.damagedReplica }
      found = SealedCertificate(line: row.blob(0), signature: signature)
    }
    return found
  }

  /// The certificate of a replica, behind those of the replicas that vouch for it.
  ///
  /// - Parameters:
  ///   - replica: The replica.
  ///   - identity: The server's identity key, where a chain begins.
  /// - Returns: The chain in the order in which a reader can check it; empty if none is held.
  /// - Throws: ``StoreError``.
  public func certificateChain(
    of replica: ReplicaID,
    identity: PublicKey
  ) throws(StoreError) -> [SealedCertificate] {
    var chain: [SealedCertificate] = []
    var next: ReplicaID? = replica
    while let current = next, chain.count < 64,
      let sealed = try sealedCertificate(of: current),
      let certificate = try certificate(of: current)
    {
      chain.insert(sealed, at: 0)
      next = certificate.issuer == identity ? nil : certificate.issuer.replicaID
    }
    return chain
  }

  /// The certificates that a reader needs who is sent a batch: that of its author with the first
  /// batch, and those of the replicas from which its operations were moved (sections 3.7 and 8).
  ///
  /// - Parameters:
  ///   - entry: The batch.
  ///   - visit: Its visit.
  ///   - identity: The server's identity key, where chains begin.
  ///   - introduced: The replicas that had a batch in the body so far; this one joins them. Where
  ///     work is lost, any batch may be the first that the reader sees of its replica.
  /// - Returns: The certificates in an order in which a reader can check them.
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func certificates(
    before entry: RawEntry,
    of visit: VisitID,
    identity: PublicKey,
    introduced: inout Set<ReplicaID>
  ) throws(StoreError) -> [SealedCertificate] {
    var chain: [SealedCertificate] = []
    let workspace = try known(visit)
    let isNew = introduced.insert(entry.replica).inserted
    // A visit in which anything was moved is tangled; only there a line has to be read.
    if workspace.isTangled, let batch = try? Batch(line: entry.sealed.line) {
      for former in batch.formerReplicas {
        chain += try certificateChain(of: former, identity: identity)
      }
    }
    if entry.number == 1 || (isNew && workspace.lost.isDeclared) {
      chain += try certificateChain(of: entry.replica, identity: identity)
    }
    return chain
  }

  /// Every replica that was certified, in the order of their names.
  ///
  /// - Throws: ``StoreError``.
  public func certificates() throws(StoreError) -> [Certificate] {
    var found: [Certificate] = []
    try database.rows("SELECT line FROM replicas ORDER BY replica") { (row) throws(StoreError) in
      found.append(try Self.certificate(row.blob(0)))
    }
    return found
  }

  /// The replicas of a person, in the order of their names.
  ///
  /// - Throws: ``StoreError``.
  public func certificates(of person: PersonID) throws(StoreError) -> [Certificate] {
    var found: [Certificate] = []
    try database.rows(
      "SELECT line FROM replicas WHERE person = ?1 ORDER BY replica",
      .blob(person.bits.bytes)
    ) { (row) throws(StoreError) in found.append(try Self.certificate(row.blob(0))) }
    return found
  }

  /// Keeps a certificate that is valid under an identity key.
  ///
  /// Taking one in again changes nothing. The first one of a replica stands.
  ///
  /// - Parameters:
  ///   - sealed: The certificate as it came.
  ///   - identity: The server's identity key, the root of trust.
  /// - Returns: What it says; or why it is refused (section 2.4, 2.5).
  /// - Throws: ``StoreError``.
  @discardableResult
  public func admit(
    _ sealed: SealedCertificate,
    identity: PublicKey
  ) throws(StoreError) -> Result<Certificate, ProtocolError> {
    var issuer: Certificate?
    if let issuerKey = try? Certificate(line: sealed.line).issuer, issuerKey != identity {
      issuer = try certificate(of: issuerKey.replicaID)
    }
    let certificate: Certificate
    do throws(ProtocolError) {
      certificate = try sealed.certificate(identity: identity) { _ in issuer }
    } catch {
      return .failure(error)
    }
    if let held = try self.certificate(of: certificate.replica) {
      guard held.holder == certificate.holder || held.person == certificate.person else {
        return .failure(
          ProtocolError(.certificate, "the replica is certified for another person already")
        )
      }
      return .success(held)
    }
    try database.run(
      "INSERT INTO replicas(replica, person, line, signature) VALUES(?1, ?2, ?3, ?4)",
      .blob(certificate.replica.bits.bytes),
      .blob(certificate.person.bits.bytes),
      .blob(sealed.line),
      .blob(sealed.signature.bytes)
    )
    replicas.insert(ReplicaTable.Entry(row: database.lastRow, certificate: certificate))
    try rejudgeMoved()
    return .success(certificate)
  }

  /// A moved operation waits without effect for the certificate of the replica it comes from.
  private func rejudgeMoved() throws(StoreError) {
    var waiting: [VisitID] = []
    try database.rows(
      """
      SELECT DISTINCT visits.visit FROM effects JOIN visits ON visits.id = effects.visit
      WHERE effects.effect = 'author' ORDER BY visits.visit
      """
    ) { (row) throws(StoreError) in
      if let visit = VisitID(bytes: row.blob(0)) { waiting.append(visit) }
    }
    for visit in waiting where try workspace(visit)?.isTangled == true {
      try rederive(visit)
    }
  }

  func entry(of replica: ReplicaID) throws(StoreError) -> ReplicaTable.Entry? {
    if let entry = replicas[replica] { return entry }
    var found: ReplicaTable.Entry?
    try database.rows(
      "SELECT id, line FROM replicas WHERE replica = ?1",
      .blob(replica.bits.bytes)
    ) { (row) throws(StoreError) in
      found = ReplicaTable.Entry(row: row.int(0), certificate: try Self.certificate(row.blob(1)))
    }
    if let found { replicas.insert(found) }
    return found
  }

  func entry(row: Int64) throws(StoreError) -> ReplicaTable.Entry {
    if let entry = replicas[row] { return entry }
    var found: ReplicaTable.Entry?
    try database.rows("SELECT line FROM replicas WHERE id = ?1", .int(row)) {
      (line) throws(StoreError) in
      found = ReplicaTable.Entry(row: row, certificate: try Self.certificate(line.blob(0)))
    }
    guard let found else { throw Self.damagedReplica }
    replicas.insert(found)
    return found
  }

  private static var damagedReplica: StoreError {
    StoreError(.damaged, "The store names a replica that it holds no certificate of.")
  }

  private static func certificate(_ line: [UInt8]) throws(StoreError) -> Certificate {
    do throws(ProtocolError) {
      return try Certificate(line: line)
    } catch {
      throw StoreError(.damaged, "A stored certificate does not read: \(error.message).")
    }
  }
}
