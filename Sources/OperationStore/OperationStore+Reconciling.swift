public import Convergence
public import SyncProtocol

extension OperationStore {
  /// The ends of all streams of a visit, branches included, sorted.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func streamEnds(of visit: VisitID) throws(StoreError) -> [StreamEnd] {
    try known(visit).heads.map { stream, head in
      StreamEnd(
        stream: stream,
        number: head.number,
        lastCounter: head.lastCounter,
        hash: head.hash
      )
    }
    .sorted()
  }

  /// Whether the batch at the end of somebody's stream is held, and its whole chain.
  ///
  /// What stands behind a declared gap that is still open is held without its chain. Whoever asks may
  /// hold what is lost here, and need not know that it was declared lost.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func holds(_ end: StreamEnd, of visit: VisitID) throws(StoreError) -> Bool {
    let workspace = try known(visit)
    guard try place(of: end, visit: workspace.row) != nil else { return false }
    return !workspace.lost.links.contains { link in
      link.name.replica == end.stream.replica && link.name.lastCounter < end.lastCounter
    }
  }

  /// Notes exactly what the other side has of a visit: the chains behind some batches.
  ///
  /// Everything else that is held, own batches and others', waits to be sent. What was refused and
  /// is kept for rescue stays as it is. The other side's log is to be read from its start.
  ///
  /// - Parameters:
  ///   - visit: The visit.
  ///   - ends: Batches that the other side has with their chains; those that are not held here say
  ///     nothing.
  ///   - epoch: The history of the other side in which that is so.
  /// - Returns: How many batches the other side lacks.
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held. Call it in a
  ///   ``transaction(_:)``: half of it would claim too much or too little.
  /// - Complexity: O(batches of the visit).
  @discardableResult
  public func reconcile(
    _ visit: VisitID,
    with ends: [StreamEnd],
    epoch: Epoch
  ) throws(StoreError) -> Int {
    let row = try known(visit).row
    try database.run("UPDATE batches SET sent = 0 WHERE visit = ?1 AND sent = 1", .int(row))
    var forks: [Int64: [Hash256: Batch]] = [:]
    var plain: Set<Int64> = []
    for end in Set(ends).sorted() {
      guard let place = try place(of: end, visit: row) else { continue }
      if !plain.contains(place.replica), forks[place.replica] == nil {
        if try hasFork(place.replica, visit: row) {
          forks[place.replica] = try chains(of: place.replica, visit: row)
        } else {
          plain.insert(place.replica)
        }
      }
      if let chains = forks[place.replica] {
        try markSent(chain: end.hash, in: chains, of: visit)
      } else {
        try database.run(
          """
          UPDATE batches SET sent = 1
          WHERE visit = ?1 AND replica = ?2 AND number <= ?3 AND sent = 0
          """,
          .int(row),
          .int(place.replica),
          .int(place.number)
        )
      }
    }
    try setCursor(of: visit, epoch: epoch, digest: LogDigest(emptyLogOf: visit))
    return Int(try unsentCounts(of: visit).batches)
  }

  /// How many batches of a visit the other side is believed to have.
  ///
  /// Where its log was read to the end, it is as long as that: a shorter one has lost something.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func sentCount(of visit: VisitID) throws(StoreError) -> Int64 {
    try database.int(
      "SELECT count(*) FROM batches WHERE visit = ?1 AND sent = 1",
      .int(try known(visit).row)
    ) ?? 0
  }

  private func place(
    of end: StreamEnd,
    visit row: Int64
  ) throws(StoreError) -> (replica: Int64, number: Int64)? {
    guard let entry = try entry(of: end.stream.replica) else { return nil }
    let number = try database.int(
      """
      SELECT number FROM batches
      WHERE visit = ?1 AND replica = ?2 AND first BETWEEN ?3 AND ?4 AND hash = ?5
      """,
      .int(row),
      .int(entry.row),
      .int(end.lastCounter - Int64(Limits.operationsPerBatch) + 1),
      .int(end.lastCounter),
      .blob(end.hash.bytes)
    )
    return number.map { (entry.row, $0) }
  }

  private func hasFork(_ replica: Int64, visit row: Int64) throws(StoreError) -> Bool {
    try database.int(
      "SELECT count(*) - count(DISTINCT number) FROM batches WHERE visit = ?1 AND replica = ?2",
      .int(row),
      .int(replica)
    ) != 0
  }

  /// The batches of a replica.
  private func chains(
    of replica: Int64,
    visit row: Int64
  ) throws(StoreError) -> [Hash256: Batch] {
    var chains: [Hash256: Batch] = [:]
    try database.rows(
      "SELECT hash, line FROM batches WHERE visit = ?1 AND replica = ?2",
      .int(row),
      .int(replica)
    ) { (row) throws(StoreError) in
      guard let hash = Hash256(bytes: row.blob(0)), let batch = try? Batch(line: row.blob(1)) else {
        throw Self.damagedVisit
      }
      chains[hash] = batch
    }
    return chains
  }

  private func markSent(
    chain end: Hash256,
    in chains: [Hash256: Batch],
    of visit: VisitID
  ) throws(StoreError) {
    var next: Hash256? = end
    while let hash = next, let batch = chains[hash] {
      try markSent(hash, of: visit)
      next = batch.previous
    }
  }
}
