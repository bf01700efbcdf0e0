import CSQLite
import Synchronization

/// What SQLite calls on an open file of a simulated disk.
///
/// https://www.sqlite.org/c3ref/io_methods.html. Version 2 of the interface: with shared memory, as a
/// write-ahead log needs it, and without memory mapping.
enum DiskFileMethods {
  typealias File = UnsafeMutablePointer<sqlite3_file>?

  /// The functions, as SQLite wants them.
  static var table: sqlite3_io_methods {
    var table = sqlite3_io_methods()
    table.iVersion = 2
    unsafe table.xClose = close
    unsafe table.xRead = read
    unsafe table.xWrite = write
    unsafe table.xTruncate = truncate
    unsafe table.xSync = sync
    unsafe table.xFileSize = fileSize
    unsafe table.xLock = lock
    unsafe table.xUnlock = unlock
    unsafe table.xCheckReservedLock = checkReservedLock
    unsafe table.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
    unsafe table.xSectorSize = { _ in Int32(DiskFile.sectorSize) }
    // What SQLite's own VFS for Linux promises, and nothing more (https://www.sqlite.org/psow.html).
    unsafe table.xDeviceCharacteristics = { _ in SQLITE_IOCAP_POWERSAFE_OVERWRITE }
    unsafe table.xShmMap = memoryMap
    unsafe table.xShmLock = memoryLock
    unsafe table.xShmBarrier = { _ in atomicMemoryFence(ordering: .sequentiallyConsistent) }
    unsafe table.xShmUnmap = memoryUnmap
    return table
  }

  /// The disk and the number of an open file.
  private static func find(_ file: File) -> (volume: Volume, number: Int)? {
    guard let file = unsafe file else { return nil }
    let known = unsafe UnsafeRawPointer(file).assumingMemoryBound(to: DiskVFS.File.self)
    guard let volume = DiskRegistry.volume(unsafe known.pointee.disk) else { return nil }
    return (volume, unsafe known.pointee.number)
  }

  // MARK: Content

  private static let close: @convention(c) (File) -> Int32 = { file in
    guard let (volume, number) = unsafe find(file) else { return SQLITE_OK }
    volume.state.withLock { $0.close(number) }
    DiskRegistry.removeIfUnused(volume)
    return SQLITE_OK
  }

  private static let read: @convention(c) (File, UnsafeMutableRawPointer?, Int32, Int64) -> Int32 =
    {
      file,
      buffer,
      count,
      offset in
      guard let (volume, number) = unsafe find(file), let buffer = unsafe buffer else {
        return ResultCode.read
      }
      // What a short read does not fill must be zero.
      unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0, count: Int(count))
      var output = unsafe MutableRawSpan(_unsafeStart: buffer, byteCount: Int(count))
      return volume.state.withLock { $0.read(number, into: &output, at: Int(offset)) }
    }

  private static let write: @convention(c) (File, UnsafeRawPointer?, Int32, Int64) -> Int32 = {
    file,
    buffer,
    count,
    offset in
    guard let (volume, number) = unsafe find(file), let buffer = unsafe buffer else {
      return ResultCode.write
    }
    let bytes = unsafe RawSpan(_unsafeStart: buffer, byteCount: Int(count))
    return volume.state.withLock { $0.write(number, bytes, at: Int(offset)) }
  }

  private static let truncate: @convention(c) (File, Int64) -> Int32 = { file, size in
    guard let (volume, number) = unsafe find(file) else { return ResultCode.truncate }
    return volume.state.withLock { $0.truncate(number, to: Int(size)) }
  }

  private static let sync: @convention(c) (File, Int32) -> Int32 = { file, _ in
    guard let (volume, number) = unsafe find(file) else { return ResultCode.sync }
    return volume.state.withLock { $0.sync(number) }
  }

  private static let fileSize: @convention(c) (File, UnsafeMutablePointer<Int64>?) -> Int32 = {
    file,
    result in
    guard let (volume, number) = unsafe find(file),
      let size = volume.state.withLock({ $0.size(of: number) })
    else { return ResultCode.size }
    unsafe result?.pointee = Int64(size)
    return SQLITE_OK
  }

  // MARK: Locks

  private static let lock: @convention(c) (File, Int32) -> Int32 = { file, level in
    guard let (volume, number) = unsafe find(file) else { return ResultCode.lock }
    return volume.state.withLock { $0.lock(number, to: level) }
  }

  private static let unlock: @convention(c) (File, Int32) -> Int32 = { file, level in
    guard let (volume, number) = unsafe find(file) else { return SQLITE_OK }
    return volume.state.withLock { $0.unlock(number, to: level) }
  }

  private static let checkReservedLock:
    @convention(c) (File, UnsafeMutablePointer<Int32>?) -> Int32 = { file, result in
      guard let (volume, number) = unsafe find(file),
        let isReserved = volume.state.withLock({ $0.isReserved(number) })
      else { return ResultCode.reservedLock }
      unsafe result?.pointee = isReserved ? 1 : 0
      return SQLITE_OK
    }

  // MARK: Shared memory

  private static let memoryMap:
    @convention(c) (
      File, Int32, Int32, Int32, UnsafeMutablePointer<UnsafeMutableRawPointer?>?
    ) -> Int32 = { file, index, size, isExtending, result in
      guard let (volume, number) = unsafe find(file) else { return ResultCode.sharedMemory }
      let region = volume.state.withLock {
        $0.region(number, Int(index), size: Int(size), isExtending: isExtending != 0)
      }
      unsafe result?.pointee = UnsafeMutableRawPointer(bitPattern: region.address)
      return region.code
    }

  private static let memoryLock: @convention(c) (File, Int32, Int32, Int32) -> Int32 = {
    file,
    first,
    count,
    flags in
    guard let (volume, number) = unsafe find(file) else { return ResultCode.sharedLock }
    return volume.state.withLock {
      $0.memoryLock(number, first: first, count: count, flags: flags)
    }
  }

  private static let memoryUnmap: @convention(c) (File, Int32) -> Int32 = { file, _ in
    guard let (volume, number) = unsafe find(file) else { return SQLITE_OK }
    volume.state.withLock { $0.leaveMemory(number) }
    return SQLITE_OK
  }
}
