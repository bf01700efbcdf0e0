import Convergence
import SyncProtocol

extension OperationStore {
  /// The workspace of a visit, or `nil` if the store does not hold the visit.
  func workspace(_ visit: VisitID) throws(StoreError) -> Workspace? {
    if let workspace = workspaces[visit] { return workspace }
    var found: Workspace?
    try database.rows(
      "SELECT id, position, digest, tangled FROM visits WHERE visit = ?1",
      .blob(visit.bits.bytes)
    ) { (row) throws(StoreError) in
      guard let hash = Hash256(bytes: row.blob(2)) else { throw Self.damagedVisit }
      found = Workspace(
        row: row.int(0),
        digest: LogDigest(position: row.int(1), hash: hash),
        isTangled: row.int(3) != 0,
        heads: [:],
        authority: Authority(),
        hasOthers: false
      )
    }
    guard var workspace = found else { return nil }
    workspace.heads = try heads(visit: workspace.row)
    workspace.hasWaiting = try hasWaiting(visit)
    for stream in workspace.heads.keys {
      guard let entry = try entry(of: stream.replica) else { throw Self.damagedVisit }
      if entry.certificate.person != .authority { workspace.hasOthers = true }
    }
    if workspace.isTangled {
      let derivation = try derivation(of: visit, row: workspace.row)
      // Streams that are lost from their start may have no certificate here, and so no row.
      workspace.heads = derivation.heads
      workspace.authority = derivation.authority
      workspace.lost = derivation.chains.lost
    } else {
      workspace.authority = try authority(of: visit, in: workspace)
    }
    remember(workspace, for: visit)
    return workspace
  }

  /// What is at hand of a visit, cells and effects included: they are made anew if that is due.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  func derived(_ visit: VisitID) throws(StoreError) -> Workspace {
    let workspace = try known(visit)
    guard workspace.isDue else { return workspace }
    try withWorkspace(visit) { (table) throws(StoreError) in _ = try rederive(&table) }
    return try known(visit)
  }

  /// Keeps a workspace at hand; many visits at once would fill the memory, so their number is bound.
  func remember(_ workspace: Workspace, for visit: VisitID) {
    if workspaces.count >= 256, workspaces[visit] == nil {
      workspaces = workspaces.filter { $0.value.isChanged || !$0.value.changedCells.isEmpty }
    }
    workspaces[visit] = workspace
  }

  static var damagedVisit: StoreError {
    StoreError(.damaged, "What the store says of a visit does not read. Copy the file away first.")
  }

  private func heads(visit row: Int64) throws(StoreError) -> [StreamID: StreamHead] {
    var heads: [StreamID: StreamHead] = [:]
    var rows: [(replica: Int64, branch: Branch, head: StreamHead, past: [UInt8])] = []
    try database.rows(
      "SELECT replica, branch, number, last, height, hash, past FROM streams WHERE visit = ?1",
      .int(row)
    ) { (row) throws(StoreError) in
      guard let hash = Hash256(bytes: row.blob(5)) else { throw Self.damagedVisit }
      let head = StreamHead(
        number: row.int(2),
        lastCounter: row.int(3),
        height: row.int(4),
        hash: hash,
        seen: VersionVector()
      )
      rows.append((row.int(0), Branch(name: UInt64(bitPattern: row.int(1))), head, row.blob(6)))
    }
    for row in rows {
      var head = row.head
      head.seen = try vector(row.past)
      let replica = try entry(row: row.replica).certificate.replica
      heads[StreamID(replica: replica, branch: row.branch)] = head
    }
    return heads
  }

  /// The authority's operations, taken from its batches: few, and small.
  ///
  /// What they say depends on nobody else's operations, so those are not read. Where a fork, a moved
  /// operation or a gap needs the whole log to tell names, this does not do.
  private func authority(
    of visit: VisitID,
    in workspace: Workspace
  ) throws(StoreError) -> Authority {
    var entries: [LogEntry] = []
    for stream in workspace.heads.keys.sorted() {
      guard let entry = try entry(of: stream.replica), entry.certificate.person == .authority
      else { continue }
      entries += try batches(of: stream.replica, visit: visit, in: workspace)
    }
    entries.sort { $0.position < $1.position }
    return Derivation(log: entries, open: [], meaning: meaning) { _ in nil }.authority
  }

  /// Writes what the workspaces changed.
  func flush() throws(StoreError) {
    for visit in workspaces.keys.sorted() {
      _ = try derived(visit)
      guard var workspace = workspaces[visit] else { continue }
      try flush(&workspace)
      // A parsed log is many times its size on the disk.
      workspace.log = nil
      // Cells are cheap to read again; a visit's worth of them is all that stays in memory.
      if workspace.cells.count > 20_000 {
        workspace.cells = [:]
        workspace.holdsEveryCell = false
      }
      workspaces[visit] = workspace
    }
  }

  private func flush(_ workspace: inout Workspace) throws(StoreError) {
    // A key is spelt out once, not once a comparison.
    let changed = workspace.changedCells.map { (text: $0.text, key: $0) }
    for (_, key) in changed.sorted(by: { $0.text < $1.text }) {
      guard let cell = workspace.cells[key] else { continue }
      try database.run(
        "INSERT OR REPLACE INTO cells(visit, key, siblings) VALUES(?1, ?2, ?3)",
        .int(workspace.row),
        .text(try stored(key, isNew: true)),
        .blob(try bytes(of: cell))
      )
    }
    workspace.changedCells = []
    for stream in workspace.changedStreams.sorted() {
      guard let head = workspace.heads[stream], let entry = try entry(of: stream.replica) else {
        continue
      }
      try database.run(
        """
        INSERT OR REPLACE INTO streams(visit, replica, branch, number, last, height, hash, past)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """,
        .int(workspace.row),
        .int(entry.row),
        .int(Int64(bitPattern: stream.branch.name)),
        .int(head.number),
        .int(head.lastCounter),
        .int(head.height),
        .blob(head.hash.bytes),
        .blob(try bytes(of: head.seen))
      )
    }
    workspace.changedStreams = []
    guard workspace.isChanged else { return }
    try database.run(
      "UPDATE visits SET position = ?2, digest = ?3, tangled = ?4 WHERE id = ?1",
      .int(workspace.row),
      .int(workspace.digest.position),
      .blob(workspace.digest.hash.bytes),
      .int(workspace.isTangled ? 1 : 0)
    )
    workspace.isChanged = false
  }
}
