public import Convergence
import SyncProtocol

/// Taking a visit off a device. Nothing else ever removes what somebody wrote.
extension OperationStore {
  /// Why a visit may not be taken off this device.
  public enum ClosingObstacle: Hashable, Sendable {
    /// Operations that are not sealed.
    case open(operations: Int64)

    /// Batches that the other side is not known to have.
    case unsent(batches: Int64, operations: Int64)

    /// Batches that wait for others.
    case waiting(batches: Int64)

    /// Batches that the other side refused, kept as bytes.
    case rescued(batches: Int64)
  }

  /// Everything that keeps a visit from being taken off this device; empty if nothing does.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func closingObstacles(
    of visit: VisitID
  ) throws(StoreError) -> [ClosingObstacle] {
    var obstacles: [ClosingObstacle] = []
    let counts = try unsentCounts(of: visit)
    if counts.openOperations > 0 { obstacles.append(.open(operations: counts.openOperations)) }
    if counts.batches > 0 {
      let operations = counts.operations - counts.openOperations
      obstacles.append(.unsent(batches: counts.batches, operations: operations))
    }
    let waiting = try waitingCount(of: visit)
    if waiting > 0 { obstacles.append(.waiting(batches: waiting)) }
    let rescued = try rescuedCount(of: visit)
    if rescued > 0 { obstacles.append(.rescued(batches: rescued)) }
    return obstacles
  }

  /// Removes the copies of a visit that this store holds; the server has all of it.
  ///
  /// What was there is overwritten on the disk (https://www.sqlite.org/pragma.html#pragma_secure_delete):
  /// whoever closes a visit on a borrowed tablet means it. How far the own streams went stays, so
  /// that the device never writes under a name twice before it has fetched the visit again.
  ///
  /// - Parameters:
  ///   - visit: The visit.
  ///   - now: The clock of whoever closes it, in milliseconds since 1970.
  /// - Returns: How many batches were removed.
  /// - Throws: ``StoreError``: `refused` while ``closingObstacles(of:)`` names anything, and nothing
  ///   was removed; `unknownVisit`.
  public func removeCopies(of visit: VisitID, now: Int64) throws(StoreError) -> Int64 {
    try database.execute("PRAGMA secure_delete = ON")
    let count = try transaction { () throws(StoreError) in
      guard try closingObstacles(of: visit).isEmpty else {
        throw StoreError(.refused, "There is work in this visit that is nowhere but here.")
      }
      let workspace = try known(visit)
      try setDocument("closed", visit.text, try closing(workspace, now: now))
      try setDocument("head", visit.text, nil)
      let count = workspace.digest.position
      workspaces[visit] = nil
      for table in ["batches", "streams", "cells", "effects"] {
        try database.run("DELETE FROM \(table) WHERE visit = ?1", .int(workspace.row))
      }
      try database.run("DELETE FROM visits WHERE id = ?1", .int(workspace.row))
      return count
    }
    // Until the write-ahead log is put back into the file, both hold what was removed.
    try database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return count
  }

  /// When a visit was closed here, in milliseconds since 1970; `nil` if it was not, or is back.
  ///
  /// - Throws: ``StoreError``.
  public func closingTime(of visit: VisitID) throws(StoreError) -> Int64? {
    try document("closed", visit.text)?["at"]?.int
  }

  /// Refuses to write in a visit that was closed here until the own streams are back.
  ///
  /// - Throws: ``StoreError`` `refused`.
  func checkIsBack(_ visit: VisitID) throws(StoreError) {
    guard let workspace = try workspace(visit),
      let own = try document("closed", visit.text)?["own"]?.list
    else { return }
    for entry in own {
      guard let parts = entry.list, parts.count == 2,
        let replica = parts[0].string.flatMap({ ReplicaID(text: $0) }), let number = parts[1].int
      else { continue }
      let held = workspace.heads.filter { $0.key.replica == replica }.map(\.value.number).max()
      guard held ?? 0 >= number else {
        throw StoreError(
          .refused,
          "This visit was closed here. Fetch what is in it before you write on: fieldbook sync."
        )
      }
    }
    try setDocument("closed", visit.text, nil)
  }

  /// What is kept of a visit that is closed.
  private func closing(_ workspace: Workspace, now: Int64) throws(StoreError) -> Value {
    var own: [ReplicaID: Int64] = [:]
    if let replica = try ownReplica() {
      for (stream, head) in workspace.heads where stream.replica == replica {
        own[replica] = max(own[replica] ?? 0, head.number)
      }
    }
    let title = workspace.authority[CellKey(.named("visit"), "title")].siblings
      .compactMap(\.value.string).joined(separator: " / ")
    return .object([
      "at": .int(now),
      "own": .list(
        own.sorted { $0.key < $1.key }.map { .list([.string($0.key.text), .int($0.value)]) }
      ),
      "title": .string(title),
    ])
  }
}
