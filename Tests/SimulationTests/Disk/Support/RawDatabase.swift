import CSQLite

/// A database opened with SQLite's defaults, for what an `OperationStore` never does.
@safe final class RawDatabase {
  private let handle: OpaquePointer

  init?(_ path: String) {
    var opened: OpaquePointer?
    guard unsafe sqlite3_open(path, &opened) == SQLITE_OK, let opened = unsafe opened else {
      unsafe sqlite3_close_v2(opened)
      return nil
    }
    unsafe handle = unsafe opened
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// Runs statements and gives SQLite's result code.
  func run(_ sql: String) -> Int32 { unsafe sqlite3_exec(handle, sql, nil, nil, nil) }

  /// The first column of the first row as text; `nil` if there is none.
  func text(_ sql: String) -> String? {
    var statement: OpaquePointer?
    defer { unsafe sqlite3_finalize(statement) }
    guard unsafe sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK,
      unsafe sqlite3_step(statement) == SQLITE_ROW,
      let text = unsafe sqlite3_column_text(statement, 0)
    else { return nil }
    return unsafe String(cString: text)
  }
}
