public import Convergence
public import SyncProtocol

/// Batches that came by file before what they build on.
///
/// They are kept, take no part in anything, and are admitted by themselves as soon as what they wait
/// for comes, by file or by sync. So files may be handed over partly, repeatedly and in any order.
extension OperationStore {
  /// Batches that wait for others, by visit, replica and number.
  ///
  /// - Parameter visit: The visit, which need not be held; `nil` for all.
  /// - Returns: The batches, with what each waits for.
  /// - Throws: ``StoreError``.
  /// - Complexity: O(batches waiting): each is read.
  public func waiting(of visit: VisitID? = nil) throws(StoreError) -> [WaitingBatch] {
    var rows: [(visit: VisitID, row: WaitingRow)] = []
    try database.rows(
      """
      SELECT id, replica, received, hash, signature, line, visit FROM waiting
      WHERE ?1 IS NULL OR visit = ?1 ORDER BY visit, replica, number, id
      """,
      visit.map { .blob($0.bits.bytes) } ?? .null
    ) { (row) throws(StoreError) in
      guard let visit = VisitID(bytes: row.blob(6)) else { throw Self.damagedVisit }
      rows.append((visit, try waitingRow(row)))
    }
    let present = Set(rows.map(\.row.batch.hash.prefix))
    var waiting: [WaitingBatch] = []
    for (visit, row) in rows {
      let batch = row.batch.batch
      var needs: [WaitingBatch.Need] = []
      for need in batch.needs where !present.contains(need.hashPrefix) {
        if try !holds(need, of: visit) { needs.append(need) }
      }
      waiting.append(
        WaitingBatch(
          visit: visit,
          replica: batch.replica,
          number: batch.number,
          hash: row.batch.hash,
          sealed: row.batch.sealed,
          needs: needs.sorted()
        )
      )
    }
    return waiting
  }

  /// How many batches wait for others.
  ///
  /// - Parameter visit: The visit; `nil` for all.
  /// - Returns: Their number.
  /// - Throws: ``StoreError``.
  public func waitingCount(of visit: VisitID? = nil) throws(StoreError) -> Int64 {
    try database.int(
      "SELECT count(*) FROM waiting WHERE ?1 IS NULL OR visit = ?1",
      visit.map { .blob($0.bits.bytes) } ?? .null
    ) ?? 0
  }

  /// Keeps a batch until what it builds on comes.
  ///
  /// - Parameters:
  ///   - verified: A batch that ``admit(_:received:isSent:)`` answered `gap` or `missing`, or of a
  ///     visit that is not held.
  ///   - received: The clock of whoever keeps it, in milliseconds since 1970.
  /// - Returns: False where as many wait as ever may, and it was not kept.
  /// - Throws: ``StoreError``. Call it in a ``transaction(_:)``.
  public func keepWaiting(
    _ verified: VerifiedBatch,
    received: Int64
  ) throws(StoreError) -> Bool {
    let visit = verified.batch.visit
    let isKept = try database.int(
      "SELECT 1 FROM waiting WHERE visit = ?1 AND hash = ?2",
      .blob(visit.bits.bytes),
      .blob(verified.hash.bytes)
    )
    if isKept != nil { return true }
    guard try waitingCount() < Int64(Limits.waitingBatches) else { return false }
    guard let entry = try entry(of: verified.batch.replica) else { throw Self.damagedVisit }
    try database.run(
      """
      INSERT INTO waiting(visit, need, replica, number, received, hash, signature, line)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
      """,
      .blob(visit.bits.bytes),
      .blob(try need(of: verified.batch).bytes),
      .int(entry.row),
      .int(verified.batch.number),
      .int(received),
      .blob(verified.hash.bytes),
      .blob(verified.sealed.signature.bytes),
      .blob(verified.sealed.line)
    )
    workspaces[visit]?.hasWaiting = true
    return true
  }

  func hasWaiting(_ visit: VisitID) throws(StoreError) -> Bool {
    try database.int("SELECT 1 FROM waiting WHERE visit = ?1 LIMIT 1", .blob(visit.bits.bytes))
      != nil
  }

  /// Admits what waited for a batch that has just come, and what waited for that, and so on.
  ///
  /// Where nothing waits it costs nothing.
  func admitWaiting(behind hash: Hash256, of visit: VisitID) throws(StoreError) {
    guard workspaces[visit]?.hasWaiting == true else { return }
    try database.run(
      "DELETE FROM waiting WHERE visit = ?1 AND hash = ?2",
      .blob(visit.bits.bytes),
      .blob(hash.bytes)
    )
    var come = [hash]
    while let next = come.popLast() {
      for row in try waitingRows(for: next.prefix, of: visit) {
        let isIn = try admit(row, of: visit)
        if isIn { come.append(row.batch.hash) }
      }
    }
    workspaces[visit]?.hasWaiting = try hasWaiting(visit)
  }

  /// Tries everything that waits in a visit once more: the visit has only just been made.
  ///
  /// - Throws: ``StoreError``. Call it in a ``transaction(_:)``.
  func admitWaiting(of visit: VisitID) throws(StoreError) {
    guard try workspace(visit) != nil, try hasWaiting(visit) else { return }
    var rows: [WaitingRow] = []
    try database.rows(
      """
      SELECT id, replica, received, hash, signature, line FROM waiting
      WHERE visit = ?1 ORDER BY number, id
      """,
      .blob(visit.bits.bytes)
    ) { (row) throws(StoreError) in rows.append(try waitingRow(row)) }
    for row in rows where try isWaiting(row.id) {
      let isIn = try admit(row, of: visit)
      if isIn { try admitWaiting(behind: row.batch.hash, of: visit) }
    }
  }

  /// One batch that waits, as its row says.
  private struct WaitingRow {
    let id: Int64
    let received: Int64
    let batch: VerifiedBatch
  }

  private func isWaiting(_ id: Int64) throws(StoreError) -> Bool {
    try database.int("SELECT 1 FROM waiting WHERE id = ?1", .int(id)) != nil
  }

  private func waitingRows(
    for prefix: Bits128,
    of visit: VisitID
  ) throws(StoreError) -> [WaitingRow] {
    var rows: [WaitingRow] = []
    // What names nothing that it builds on waits for the visit to be there at all.
    try database.rows(
      """
      SELECT id, replica, received, hash, signature, line FROM waiting
      WHERE visit = ?1 AND need IN (?2, ?3) ORDER BY number, id
      """,
      .blob(visit.bits.bytes),
      .blob(prefix.bytes),
      .blob(Bits128.zero.bytes)
    ) { (row) throws(StoreError) in rows.append(try waitingRow(row)) }
    return rows
  }

  private func waitingRow(_ row: Statement) throws(StoreError) -> WaitingRow {
    guard let hash = Hash256(bytes: row.blob(3)), let signature = Signature(bytes: row.blob(4))
    else { throw Self.damagedVisit }
    let sealed = SealedBatch(line: row.blob(5), signature: signature)
    let batch: Batch
    do throws(ProtocolError) {
      batch = try Batch(line: sealed.line)
    } catch {
      throw StoreError(.damaged, "A batch that waits does not read: \(error.message).")
    }
    let person = try entry(row: row.int(1)).certificate.person
    return WaitingRow(
      id: row.int(0),
      received: row.int(2),
      batch: VerifiedBatch(trusted: sealed, batch: batch, hash: hash, person: person)
    )
  }

  /// Admits a batch that waits, or notes what it waits for now; answers whether it is in.
  private func admit(_ row: WaitingRow, of visit: VisitID) throws(StoreError) -> Bool {
    let outcome = try withWorkspace(visit) { (table) throws(StoreError) in
      try admit(row.batch, received: row.received, isSent: false, to: &table)
    }
    switch outcome {
    case .ok, .duplicate, .fork, .late, .held:
      try database.run("DELETE FROM waiting WHERE id = ?1", .int(row.id))
      return true
    case .gap, .missing, .notOnVisit:
      try database.run(
        "UPDATE waiting SET need = ?2 WHERE id = ?1",
        .int(row.id),
        .blob(try need(of: row.batch.batch).bytes)
      )
      return false
    case .bad(let why):
      // Now that all is here it turns out to contradict what is: kept as bytes, out of the way.
      try database.run(
        "INSERT INTO rescue(visit, why, signature, line) VALUES(?1, ?2, ?3, ?4)",
        .int(try known(visit).row),
        .text(why.rawValue),
        .blob(row.batch.sealed.signature.bytes),
        .blob(row.batch.sealed.line)
      )
      try database.run("DELETE FROM waiting WHERE id = ?1", .int(row.id))
      return false
    case nil:
      return false
    }
  }

  /// The hash of the first batch that is missing below one, as far as it is named.
  private func need(of batch: Batch) throws(StoreError) -> Bits128 {
    for need in batch.needs where try !holds(need, of: batch.visit) { return need.hashPrefix }
    return .zero
  }

  private func holds(_ need: WaitingBatch.Need, of visit: VisitID) throws(StoreError) -> Bool {
    guard let workspace = try workspace(visit) else { return false }
    return try holds(need.end, in: workspace)
  }
}
