import Convergence
import Foundation
import OperationStore
import SyncProtocol
import SyncServer

/// Puts a backup in the place of a store: checked first, and nothing is thrown away.
struct Restore {
  let folder: DataFolder

  /// Restores, or leaves everything as it was.
  ///
  /// - Returns: How many enrolment codes are void now.
  func run(from backup: String) throws -> Int {
    let service = Service(keys: try folder.keys())
    guard let lock = try FolderLock(folder) else {
      throw Failure(.refused, "A fieldbookd runs in \(folder.path). Stop it first.")
    }
    defer { lock.release() }
    let candidate = folder.store + ".restoring"
    defer { remove(candidate) }
    remove(candidate)
    do {
      try FileManager.default.copyItem(atPath: backup, toPath: candidate)
    } catch {
      throw Failure(.failed, "\(backup) cannot be copied: \(error.localizedDescription)")
    }
    let voided = try prepare(candidate, service: service)
    try exchange(candidate)
    return voided
  }

  /// Checks the copy and gives it a new history; its connection is closed when this returns.
  private func prepare(_ candidate: String, service: Service) throws -> Int {
    let store = try OperationStore(.file(candidate), meaning: .server)
    let problems = try store.integrityProblems()
    guard problems.isEmpty else {
      throw Failure(.refused, "The backup is damaged: \(problems[0]). Nothing was changed.")
    }
    for visit in try store.visits() {
      let verdict = try service.verify(visit, store: store, meaning: .server)
      guard verdict.isIntact else {
        throw Failure(
          .refused,
          "In the backup, visit \(visit) is not intact: \(verdict.problems[0]). Nothing was changed."
        )
      }
    }
    return try service.beginHistory(
      Epoch(bits: SystemEdge.bits()),
      now: SystemEdge.clock(),
      store: store
    )
  }

  /// Sets the present store aside and puts the other in its place.
  private func exchange(_ candidate: String) throws {
    let files = FileManager.default
    if files.fileExists(atPath: folder.store) {
      // Opening and closing it alone writes SQLite's log back, so that one file is the whole store.
      // A store that is too damaged for that is set aside as it is.
      _ = try? OperationStore(.file(folder.store), meaning: .server)
    }
    let aside = folder.store + ".before-restore"
    remove(aside)
    do {
      for suffix in ["", "-wal", "-shm"] where files.fileExists(atPath: folder.store + suffix) {
        try files.moveItem(atPath: folder.store + suffix, toPath: aside + suffix)
      }
      try files.moveItem(atPath: candidate, toPath: folder.store)
    } catch {
      throw Failure(
        .failed,
        "The stores could not be exchanged: \(error.localizedDescription). What was there is in "
          + "\(aside)."
      )
    }
  }

  /// Removes a store with what SQLite keeps beside it.
  private func remove(_ store: String) {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: store + suffix)
    }
  }
}
