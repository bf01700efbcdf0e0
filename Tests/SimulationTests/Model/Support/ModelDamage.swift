import AssessmentModel
import CSQLite
import Foundation
import OperationStore
import TestSupport

/// A store in a file that somebody's hand has been in.
enum ModelDamage {
  /// What SQLite answered to a statement that was to do the damage.
  struct Failure: Error {
    let sql: String
    let text: String
  }

  /// Makes a store of a scene, closes it, runs SQL on its file and opens it again.
  ///
  /// - Parameters:
  ///   - scene: What the store holds.
  ///   - sql: The damage.
  ///   - body: Looks at the damaged store.
  /// - Throws: What the body throws, and ``Failure`` if nothing was damaged.
  static func store(
    of scene: ModelScene,
    _ sql: String,
    _ body: (OperationStore) throws -> Void
  ) throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("store").path
      _ = try scene.store(at: .file(path))
      try run(sql, on: path)
      try body(try OperationStore(.file(path), meaning: .assessment))
    }
  }

  private static func run(_ sql: String, on path: String) throws {
    var handle: OpaquePointer?
    guard unsafe sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK else {
      throw Failure(sql: sql, text: "it cannot be opened")
    }
    defer { unsafe sqlite3_close_v2(handle) }
    guard unsafe sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
      throw Failure(sql: sql, text: unsafe String(cString: sqlite3_errmsg(handle)))
    }
    guard unsafe sqlite3_total_changes(handle) > 0 else {
      throw Failure(sql: sql, text: "it changed nothing")
    }
  }
}
