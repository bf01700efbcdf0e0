public import Convergence
public import SyncProtocol

extension OperationStore {
  /// The visits held, in the order of their names.
  ///
  /// - Throws: ``StoreError``.
  public func visits() throws(StoreError) -> [VisitID] {
    var visits: [VisitID] = []
    try database.rows("SELECT visit FROM visits ORDER BY visit") { (row) throws(StoreError) in
      guard let visit = VisitID(bytes: row.blob(0)) else { throw Self.damagedVisit }
      visits.append(visit)
    }
    return visits
  }

  /// The digest of this store's own log of a visit, with its length.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func logDigest(of visit: VisitID) throws(StoreError) -> LogDigest {
    try known(visit).digest
  }

  /// The digest at an earlier position, computed from the hashes.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held, `refused` beyond its end.
  /// - Complexity: O(position).
  public func logDigest(of visit: VisitID, at position: Int64) throws(StoreError) -> LogDigest {
    let workspace = try known(visit)
    if position == workspace.digest.position { return workspace.digest }
    guard (0..<workspace.digest.position).contains(position) else {
      throw StoreError(.refused, "The log does not go that far.")
    }
    var digest = LogDigest(emptyLogOf: visit)
    try database.rows(
      "SELECT hash FROM batches WHERE visit = ?1 AND position <= ?2 ORDER BY position",
      .int(workspace.row),
      .int(position)
    ) { (row) throws(StoreError) in
      guard let hash = Hash256(bytes: row.blob(0)) else { throw Self.damagedVisit }
      digest.append(hash)
    }
    return digest
  }

  /// One batch of a log as it is passed on: the bytes, unread.
  public struct RawEntry: Hashable, Sendable {
    /// Its place in this store's log, from 1.
    public let position: Int64

    /// The clock of this store's owner when it came, in milliseconds since 1970.
    public let received: Int64

    /// Who wrote it.
    public let replica: ReplicaID

    /// Its number in its stream.
    public let number: Int64

    /// The hash that names it.
    public let hash: Hash256

    /// The bytes and the signature.
    public let sealed: SealedBatch
  }

  /// Batches of a visit in the order of the log, as bytes.
  ///
  /// - Parameters:
  ///   - visit: The visit.
  ///   - position: The position after which to begin; 0 for the start.
  ///   - count: The most batches.
  ///   - bytes: The most bytes of lines; at least one batch comes whatever its size.
  /// - Returns: The batches, and whether the log goes on.
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func entries(
    of visit: VisitID,
    after position: Int64,
    count: Int = Limits.pageBatches,
    bytes: Int = Limits.pageBytes
  ) throws(StoreError) -> (entries: [RawEntry], hasMore: Bool) {
    let workspace = try known(visit)
    var entries: [RawEntry] = []
    var size = 0
    var isFull = false
    let statement = try database.statement(
      """
      SELECT position, received, replica, number, hash, signature, line FROM batches
      WHERE visit = ?1 AND position > ?2 ORDER BY position
      """
    )
    defer { statement.reset() }
    try statement.bind([.int(workspace.row), .int(position)])
    while try statement.step() {
      let entry = try rawEntry(statement)
      size += entry.sealed.line.count
      guard entries.isEmpty || (entries.count < count && size <= bytes) else {
        isFull = true
        break
      }
      entries.append(entry)
    }
    return (entries, isFull)
  }

  /// The batches of one visit that the other side does not have yet, in the order of the log.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func unsent(of visit: VisitID) throws(StoreError) -> [RawEntry] {
    let workspace = try known(visit)
    var entries: [RawEntry] = []
    try database.rows(
      """
      SELECT position, received, replica, number, hash, signature, line FROM batches
      WHERE visit = ?1 AND sent = 0 ORDER BY position
      """,
      .int(workspace.row)
    ) { (row) throws(StoreError) in entries.append(try rawEntry(row)) }
    return entries
  }

  /// The streams of which the other side does not have everything, each with its last counter.
  ///
  /// - Returns: By replica; of one that forked, its greatest counter.
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func unsentStreams(
    of visit: VisitID
  ) throws(StoreError) -> [(replica: ReplicaID, lastCounter: Int64)] {
    var streams: [(replica: ReplicaID, lastCounter: Int64)] = []
    try database.rows(
      """
      SELECT replica, max(first + count - 1) FROM batches WHERE visit = ?1 AND sent = 0
      GROUP BY replica
      """,
      .int(try known(visit).row)
    ) { (row) throws(StoreError) in
      streams.append((try entry(row: row.int(0)).certificate.replica, row.int(1)))
    }
    return streams.sorted { $0.replica < $1.replica }
  }

  /// Notes that the other side has a batch on its disk.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func markSent(_ hash: Hash256, of visit: VisitID) throws(StoreError) {
    let row = try known(visit).row
    try database.run(
      "UPDATE batches SET sent = 1 WHERE visit = ?1 AND hash = ?2 AND sent = 0",
      .int(row),
      .blob(hash.bytes)
    )
  }

  /// Whether a batch of a visit is held.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func holds(_ hash: Hash256, of visit: VisitID) throws(StoreError) -> Bool {
    let row = try known(visit).row
    return try database.int(
      "SELECT count(*) FROM batches WHERE visit = ?1 AND hash = ?2",
      .int(row),
      .blob(hash.bytes)
    ) != 0
  }

  /// How far another's log of a visit was read, and the digest there.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func cursor(
    of visit: VisitID
  ) throws(StoreError) -> (cursor: Cursor, digest: LogDigest)? {
    let workspace = try known(visit)
    var found: (cursor: Cursor, digest: LogDigest)?
    try database.rows(
      "SELECT epoch, cursor, cursor_digest FROM visits WHERE id = ?1 AND epoch IS NOT NULL",
      .int(workspace.row)
    ) { (row) throws(StoreError) in
      guard let epoch = Epoch(bytes: row.blob(0)), let hash = Hash256(bytes: row.blob(2)) else {
        throw Self.damagedVisit
      }
      let position = row.int(1)
      found = (
        Cursor(epoch: epoch, position: position), LogDigest(position: position, hash: hash)
      )
    }
    return found
  }

  /// Notes how far another's log was read; in the transaction that stores what was read.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func setCursor(
    of visit: VisitID,
    epoch: Epoch,
    digest: LogDigest
  ) throws(StoreError) {
    try database.run(
      "UPDATE visits SET epoch = ?2, cursor = ?3, cursor_digest = ?4 WHERE id = ?1",
      .int(try known(visit).row),
      .blob(epoch.bits.bytes),
      .int(digest.position),
      .blob(digest.hash.bytes)
    )
  }

  /// What is at hand of a visit; its cells and effects may be due, see ``derived(_:)``.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  func known(_ visit: VisitID) throws(StoreError) -> Workspace {
    guard let workspace = try workspace(visit) else {
      throw StoreError(.unknownVisit, "Visit \(visit) is not on this device.")
    }
    return workspace
  }

  private func rawEntry(_ row: Statement) throws(StoreError) -> RawEntry {
    guard let hash = Hash256(bytes: row.blob(4)), let signature = Signature(bytes: row.blob(5))
    else { throw Self.damagedVisit }
    return RawEntry(
      position: row.int(0),
      received: row.int(1),
      replica: try entry(row: row.int(2)).certificate.replica,
      number: row.int(3),
      hash: hash,
      sealed: SealedBatch(line: row.blob(6), signature: signature)
    )
  }
}
