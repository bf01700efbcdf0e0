import CSQLite

/// A file opened through SQLite's default file system, without a database.
@safe final class RawFile {
  private let vfs: UnsafeMutablePointer<sqlite3_vfs>
  private let file: UnsafeMutablePointer<sqlite3_file>
  private let memory: UnsafeMutableRawPointer

  /// Opens a file, made if absent; `nil` if the disk does not let us.
  init?(_ path: String, flags: Int32 = SQLITE_OPEN_MAIN_DB) {
    guard let vfs = unsafe sqlite3_vfs_find(nil) else { return nil }
    unsafe self.vfs = unsafe vfs
    unsafe memory = .allocate(byteCount: Int(vfs.pointee.szOsFile), alignment: 16)
    unsafe file = memory.assumingMemoryBound(to: sqlite3_file.self)
    let flags = flags | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    // What is not open must look so to `deinit`, which runs whether or not this succeeds.
    unsafe file.pointee.pMethods = nil
    guard unsafe vfs.pointee.xOpen(vfs, path, file, flags, nil) == SQLITE_OK else { return nil }
  }

  deinit {
    _ = unsafe file.pointee.pMethods?.pointee.xClose(file)
    unsafe memory.deallocate()
  }

  /// Writes one byte many times.
  func write(_ byte: UInt8, count: Int, at offset: Int) -> Int32 {
    let bytes = [UInt8](repeating: byte, count: count)
    return unsafe bytes.withUnsafeBytes { buffer in
      unsafe file.pointee.pMethods.pointee.xWrite(
        file,
        buffer.baseAddress,
        Int32(count),
        Int64(offset)
      )
    }
  }

  func sync() -> Int32 {
    unsafe file.pointee.pMethods.pointee.xSync(file, SQLITE_SYNC_FULL)
  }

  func truncate(to size: Int) -> Int32 {
    unsafe file.pointee.pMethods.pointee.xTruncate(file, Int64(size))
  }

  func lock(_ level: Int32) -> Int32 { unsafe file.pointee.pMethods.pointee.xLock(file, level) }

  func unlock(_ level: Int32) -> Int32 { unsafe file.pointee.pMethods.pointee.xUnlock(file, level) }

  /// All bytes; `nil` if the file does not read.
  func content() -> [UInt8]? {
    var size: Int64 = 0
    guard unsafe file.pointee.pMethods.pointee.xFileSize(file, &size) == SQLITE_OK else {
      return nil
    }
    let read = read(Int(size), at: 0)
    return read.code == SQLITE_OK ? read.bytes : nil
  }

  /// So many bytes, and SQLite's result code.
  func read(_ count: Int, at offset: Int) -> (code: Int32, bytes: [UInt8]) {
    var bytes = [UInt8](repeating: 255, count: count)
    let code = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe file.pointee.pMethods.pointee.xRead(
        file,
        buffer.baseAddress,
        Int32(count),
        Int64(offset)
      )
    }
    return (code, bytes)
  }

  /// Deletes a file by its path.
  static func delete(_ path: String, isSynced: Bool) -> Int32 {
    guard let vfs = unsafe sqlite3_vfs_find(nil) else { return SQLITE_ERROR }
    return unsafe vfs.pointee.xDelete(vfs, path, isSynced ? 1 : 0)
  }
}
