import Convergence
import SyncProtocol

extension OperationStore {
  /// A batch row without its bytes.
  private struct Row {
    let position: Int64
    let number: Int64
    let first: Int64
    let count: Int64
    let height: Int64
    let hash: Hash256

    var last: Int64 { first + count - 1 }
  }

  func placement(
    of verified: VerifiedBatch,
    in workspace: Workspace
  ) throws(StoreError) -> Result<Placement, PlacementRefusal> {
    let batch = verified.batch
    let head = workspace.heads[StreamID(replica: batch.replica)]
    // The ordinary case needs no query: the batch follows the head of a stream without branches.
    if let head, !workspace.isTangled, batch.previous == head.hash {
      return try placement(of: batch, after: head.tip, isFork: false, in: workspace)
    }
    guard let entry = try entry(of: batch.replica) else { throw Self.damagedVisit }
    let rivals = try rows(of: entry.row, first: batch.firstCounter, in: workspace)
    if let same = rivals.first(where: { $0.hash == verified.hash }) {
      return .failure(PlacementRefusal(.duplicate(position: same.position)))
    }
    guard let previous = batch.previous else {
      let hasRival = rivals.contains { $0.number == 1 }
      return try placement(of: batch, after: nil, isFork: hasRival, in: workspace)
    }
    guard let before = try row(of: entry.row, hash: previous, in: workspace) else {
      if try holds(previous, of: batch.visit) {
        return .failure(PlacementRefusal(.bad(.chain)))  // another replica's batch
      }
      if workspace.lost.precede(batch) {
        return try placement(of: batch, after: .lost(before: batch), isFork: false, in: workspace)
      }
      let reached =
        workspace.heads.filter { $0.key.replica == batch.replica }
        .map(\.value.number).max() ?? 0
      return .failure(PlacementRefusal(.gap(next: min(reached + 1, batch.number - 1))))
    }
    let seen = try seen(after: before.hash, of: batch.replica, in: workspace, visit: batch.visit)
    let tip = Tip(
      number: before.number,
      last: before.last,
      height: before.height.advanced(saturatingBy: Int(before.count) - 1),
      seen: seen
    )
    var isFork = false
    for rival in rivals where rival.number == batch.number {
      let other = try self.batch(at: rival.position, visit: workspace.row)
      if other.batch.batch.previous == previous { isFork = true }
    }
    return try placement(of: batch, after: tip, isFork: isFork, in: workspace)
  }

  /// The end of the chain that a batch continues.
  struct Tip {
    let number: Int64
    let last: Int64
    let height: Int64
    let seen: VersionVector

    /// What stands for lost batches; in a visit with a gap, past and height are made anew.
    static func lost(before batch: Batch) -> Tip {
      Tip(
        number: batch.number - 1,
        last: batch.firstCounter - 1,
        height: 0,
        seen: VersionVector()
      )
    }
  }

  private func placement(
    of batch: Batch,
    after tip: Tip?,
    isFork: Bool,
    in workspace: Workspace
  ) throws(StoreError) -> Result<Placement, PlacementRefusal> {
    if let tip, tip.number + 1 != batch.number || tip.last + 1 != batch.firstCounter {
      return .failure(PlacementRefusal(.bad(.chain)))
    }
    var past = tip?.seen ?? VersionVector()
    var heights: [Int64] = []
    var missing: [Dependency] = []
    for dependency in batch.deps {
      if let head = workspace.heads[StreamID(replica: dependency.replica)],
        head.lastCounter == dependency.lastCounter, head.hash.prefix == dependency.hashPrefix
      {
        heights.append(head.height)
        past.extend(StreamID(replica: dependency.replica), to: dependency.lastCounter)
      } else if let row = try row(of: dependency, in: workspace) {
        heights.append(row.height.advanced(saturatingBy: Int(row.count) - 1))
        past.extend(StreamID(replica: dependency.replica), to: dependency.lastCounter)
      } else if !workspace.lost.contains(dependency) {
        missing.append(dependency)
      }
    }
    guard missing.isEmpty else { return .failure(PlacementRefusal(.missing(missing))) }
    let height = CausalHeight.ofFirst(previous: tip?.height ?? 0, seen: heights)
    // In a tangled visit the past is made anew with its branches; only the height is of use here.
    return .success(Placement(past: past, height: height, isFork: isFork))
  }

  private func rows(
    of replica: Int64,
    first: Int64,
    in workspace: Workspace
  ) throws(StoreError) -> [Row] {
    var rows: [Row] = []
    try database.rows(
      """
      SELECT position, number, first, count, height, hash FROM batches
      WHERE visit = ?1 AND replica = ?2 AND first = ?3 ORDER BY position
      """,
      .int(workspace.row),
      .int(replica),
      .int(first)
    ) { (row) throws(StoreError) in rows.append(try Self.row(row)) }
    return rows
  }

  private func row(
    of replica: Int64,
    hash: Hash256,
    in workspace: Workspace
  ) throws(StoreError) -> Row? {
    var found: Row?
    try database.rows(
      """
      SELECT position, number, first, count, height, hash FROM batches
      WHERE visit = ?1 AND replica = ?2 AND hash = ?3
      """,
      .int(workspace.row),
      .int(replica),
      .blob(hash.bytes)
    ) { (row) throws(StoreError) in found = try Self.row(row) }
    return found
  }

  /// Whether the batch is held that a dep or a cut names.
  func holds(_ dependency: Dependency, in workspace: Workspace) throws(StoreError) -> Bool {
    try row(of: dependency, in: workspace) != nil
  }

  private func row(of dependency: Dependency, in workspace: Workspace) throws(StoreError) -> Row? {
    guard let entry = try entry(of: dependency.replica) else { return nil }
    var found: Row?
    try database.rows(
      """
      SELECT position, number, first, count, height, hash FROM batches
      WHERE visit = ?1 AND replica = ?2 AND first BETWEEN ?3 AND ?4
      """,
      .int(workspace.row),
      .int(entry.row),
      .int(dependency.lastCounter - Int64(Limits.operationsPerBatch) + 1),
      .int(dependency.lastCounter)
    ) { (row) throws(StoreError) in
      let row = try Self.row(row)
      if row.last == dependency.lastCounter, row.hash.prefix == dependency.hashPrefix {
        found = row
      }
    }
    return found
  }

  private static func row(_ row: Statement) throws(StoreError) -> Row {
    guard let hash = Hash256(bytes: row.blob(5)) else { throw damagedVisit }
    return Row(
      position: row.int(0),
      number: row.int(1),
      first: row.int(2),
      count: row.int(3),
      height: row.int(4),
      hash: hash
    )
  }

  /// What the author had seen after one of its batches that is not the head.
  private func seen(
    after hash: Hash256,
    of replica: ReplicaID,
    in workspace: Workspace,
    visit: VisitID
  ) throws(StoreError) -> VersionVector {
    if let head = workspace.heads.values.first(where: { $0.hash == hash }) { return head.seen }
    let derivation = try derivation(of: visit, row: workspace.row)
    return derivation.seenAfter[hash] ?? VersionVector()
  }
}

extension StreamHead {
  var tip: OperationStore.Tip {
    OperationStore.Tip(number: number, last: lastCounter, height: height, seen: seen)
  }
}
