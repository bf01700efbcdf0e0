import CSQLite

/// A prepared statement of a ``Database``: values in, rows out.
@safe final class Statement {
  private let pointer: OpaquePointer
  private unowned let database: Database

  /// Tells SQLite to copy what is bound, since a Swift array lives only for the call.
  private static var copied: sqlite3_destructor_type {
    unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
  }

  init(_ pointer: OpaquePointer, of database: Database) {
    unsafe self.pointer = pointer
    self.database = database
  }

  deinit {
    unsafe sqlite3_finalize(pointer)
  }

  /// Makes the statement ready to run again.
  func reset() {
    unsafe sqlite3_reset(pointer)
  }

  /// Gives the values of `?1`, `?2` and so on.
  func bind(_ values: [SQLValue]) throws(StoreError) {
    for (index, value) in values.enumerated() {
      let position = Int32(index + 1)
      let code: Int32
      switch value {
      case .null:
        code = unsafe sqlite3_bind_null(pointer, position)
      case .int(let int):
        code = unsafe sqlite3_bind_int64(pointer, position, int)
      case .text(let text):
        let count = Int32(text.utf8.count)
        code = unsafe sqlite3_bind_text(pointer, position, text, count, Self.copied)
      case .blob(let bytes) where bytes.isEmpty:
        code = unsafe sqlite3_bind_zeroblob(pointer, position, 0)
      case .blob(let bytes):
        code = unsafe bytes.withUnsafeBytes { buffer in
          unsafe sqlite3_bind_blob64(
            pointer,
            position,
            buffer.baseAddress,
            UInt64(buffer.count),
            Self.copied
          )
        }
      }
      guard code == SQLITE_OK else { throw database.error(code) }
    }
  }

  /// Goes to the next row; false where there is none.
  func step() throws(StoreError) -> Bool {
    let code = unsafe sqlite3_step(pointer)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let error = database.error(code)
      reset()
      throw error
    }
  }

  /// Whether a column of the row is null.
  func isNull(_ column: Int32) -> Bool {
    unsafe sqlite3_column_type(pointer, column) == SQLITE_NULL
  }

  /// A number in the row.
  func int(_ column: Int32) -> Int64 {
    unsafe sqlite3_column_int64(pointer, column)
  }

  /// A text in the row; empty where it is null.
  func text(_ column: Int32) -> String {
    guard let text = unsafe sqlite3_column_text(pointer, column) else { return "" }
    return unsafe String(cString: text)
  }

  /// Bytes in the row; empty where they are null.
  func blob(_ column: Int32) -> [UInt8] {
    let count = Int(unsafe sqlite3_column_bytes(pointer, column))
    guard count > 0, let start = unsafe sqlite3_column_blob(pointer, column) else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// Whatever stands in the row.
  func value(_ column: Int32) -> SQLValue {
    switch unsafe sqlite3_column_type(pointer, column) {
    case SQLITE_INTEGER: .int(int(column))
    case SQLITE_TEXT: .text(text(column))
    case SQLITE_BLOB: .blob(blob(column))
    default: .null
    }
  }
}
