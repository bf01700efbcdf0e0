public import Convergence
public import SyncProtocol

extension OperationStore {
  /// Puts batches of a stream back into the outbox: the other side turned out not to have them.
  ///
  /// - Parameters:
  ///   - replica: Whose stream.
  ///   - number: The first batch to send again.
  ///   - visit: The visit.
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func requeue(
    _ replica: ReplicaID,
    from number: Int64,
    of visit: VisitID
  ) throws(StoreError) {
    guard let entry = try entry(of: replica) else { return }
    try database.run(
      "UPDATE batches SET sent = 0 WHERE visit = ?1 AND replica = ?2 AND number >= ?3 AND sent = 1",
      .int(try known(visit).row),
      .int(entry.row),
      .int(number)
    )
  }

  /// Takes a batch that the other side will never admit out of the outbox, and keeps its bytes.
  ///
  /// - Parameters:
  ///   - hash: The batch.
  ///   - visit: The visit.
  ///   - why: The reason that was given.
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func rescue(
    _ hash: Hash256,
    of visit: VisitID,
    why: String
  ) throws(StoreError) {
    let row = try known(visit).row
    try database.run(
      """
      INSERT INTO rescue(visit, why, signature, line)
      SELECT visit, ?3, signature, line FROM batches
      WHERE visit = ?1 AND hash = ?2 AND sent <> 2
      """,
      .int(row),
      .blob(hash.bytes),
      .text(why)
    )
    try database.run(
      "UPDATE batches SET sent = 2 WHERE visit = ?1 AND hash = ?2",
      .int(row),
      .blob(hash.bytes)
    )
  }

  /// How many batches were refused and are kept for rescue.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func rescuedCount(of visit: VisitID) throws(StoreError) -> Int64 {
    try database.int("SELECT count(*) FROM rescue WHERE visit = ?1", .int(try known(visit).row))
      ?? 0
  }
}
