import CSQLite

/// One connection to an SQLite database, used by one task at a time.
///
/// A thin layer: it opens, prepares, runs and translates errors. Nothing above it sees a pointer.
@safe final class Database {
  /// Where the database is.
  enum Location: Hashable {
    case file(String)
    case memory
  }

  private let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// Opens a connection.
  ///
  /// - Parameters:
  ///   - location: A file, made if absent and not read-only; or memory.
  ///   - isReadOnly: Whether the connection only reads.
  /// - Throws: ``StoreError`` `notPermitted` and others of the file system.
  init(_ location: Location, isReadOnly: Bool = false) throws(StoreError) {
    var opened: OpaquePointer?
    let path: String
    switch location {
    case .file(let file): path = file
    case .memory: path = ":memory:"
    }
    // One task at a time uses a connection, so SQLite's own mutexes are left out
    // (https://www.sqlite.org/threadsafe.html, multi-thread mode).
    let flags =
      (isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
      | SQLITE_OPEN_NOMUTEX
    let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let handle = unsafe opened else {
      unsafe sqlite3_close_v2(opened)
      throw Self.error(code, "the store \(path) cannot be opened")
    }
    unsafe self.handle = handle
    unsafe sqlite3_extended_result_codes(handle, 1)
    unsafe sqlite3_busy_timeout(handle, 10_000)
  }

  deinit {
    statements = [:]
    unsafe sqlite3_close_v2(handle)
  }

  /// A prepared statement, kept for the next time.
  func statement(_ sql: String) throws(StoreError) -> Statement {
    if let statement = statements[sql] {
      statement.reset()
      return statement
    }
    var prepared: OpaquePointer?
    let code = unsafe sqlite3_prepare_v3(
      handle,
      sql,
      -1,
      UInt32(SQLITE_PREPARE_PERSISTENT),
      &prepared,
      nil
    )
    guard code == SQLITE_OK, let pointer = unsafe prepared else { throw error(code) }
    let statement = unsafe Statement(pointer, of: self)
    statements[sql] = statement
    return statement
  }

  /// Runs statements that give no rows.
  func execute(_ sql: String) throws(StoreError) {
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw error(code) }
  }

  /// Runs one statement with values.
  func run(_ sql: String, _ values: SQLValue...) throws(StoreError) {
    let statement = try statement(sql)
    try statement.bind(values)
    while try statement.step() {}
    statement.reset()
  }

  /// Takes every row of a query.
  func rows(
    _ sql: String,
    _ values: SQLValue...,
    take: (Statement) throws(StoreError) -> Void
  ) throws(StoreError) {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    while try statement.step() {
      try take(statement)
    }
  }

  /// The one number that a query gives, or `nil`.
  func int(_ sql: String, _ values: SQLValue...) throws(StoreError) -> Int64? {
    let statement = try statement(sql)
    defer { statement.reset() }
    try statement.bind(values)
    return try statement.step() && !statement.isNull(0) ? statement.int(0) : nil
  }

  /// The row that the last insert made.
  var lastRow: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

  /// Whether no transaction is open: an error may have rolled one back.
  ///
  /// https://www.sqlite.org/lang_transaction.html says to ask after errors such as a full disk.
  var isIdle: Bool { unsafe sqlite3_get_autocommit(handle) != 0 }

  /// The failure behind a result code.
  func error(_ code: Int32) -> StoreError {
    let text = unsafe String(cString: sqlite3_errmsg(handle))
    return Self.error(code, text)
  }

  private static func error(_ code: Int32, _ text: String) -> StoreError {
    switch code & 0xFF {
    case SQLITE_FULL:
      StoreError(.full, "The disk is full: nothing was written. Make room and try again.")
    case SQLITE_IOERR:
      StoreError(.failingDisk, "The disk failed (\(code)): \(text). Nothing was written.")
    case SQLITE_CORRUPT:
      StoreError(.damaged, "The store is damaged: \(text). Copy it away before anything else.")
    case SQLITE_NOTADB:
      StoreError(.notAStore, "The file is not a Fieldbook store.")
    case SQLITE_BUSY, SQLITE_LOCKED:
      StoreError(.busy, "Another process holds the store. Try again when it is done.")
    case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_READONLY, SQLITE_AUTH:
      StoreError(.notPermitted, "\(text). Check that the folder exists and may be written.")
    default:
      StoreError(.fault, "The database refused a statement (\(code)): \(text).")
    }
  }
}
