import CSQLite
import Synchronization

/// The virtual file system through which SQLite reaches simulated disks.
///
/// https://www.sqlite.org/vfs.html. It stands before the system's own, which still serves every path
/// but ours. What C keeps of us is two numbers, the disk and the open file; no pointer to an object.
enum DiskVFS {
  /// What C keeps of an open file.
  @unsafe struct File {
    var base: sqlite3_file
    var disk: Int
    var number: Int
  }

  /// What C keeps of the file system, for as long as the process lives.
  @unsafe private struct Shim {
    var previous: UnsafeMutablePointer<sqlite3_vfs>
    var methods: UnsafeMutablePointer<sqlite3_io_methods>
  }

  private typealias Pointer = UnsafeMutablePointer<sqlite3_vfs>

  private static let isRegistered = makeDefault()

  /// Makes this the default of the process, once.
  static func register() { precondition(isRegistered, "SQLite has no file system to stand before") }

  private static func makeDefault() -> Bool {
    guard let previous = unsafe sqlite3_vfs_find(nil) else { return false }
    let shim = UnsafeMutablePointer<Shim>.allocate(capacity: 1)
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    unsafe methods.initialize(to: DiskFileMethods.table)
    unsafe shim.initialize(to: Shim(previous: previous, methods: methods))
    let vfs = Pointer.allocate(capacity: 1)
    // Loading of extensions, chance, sleep and clock stay as they are.
    unsafe vfs.initialize(to: previous.pointee)
    unsafe vfs.pointee.zName = UnsafePointer(copy(of: "simulated-disk"))
    unsafe vfs.pointee.pAppData = UnsafeMutableRawPointer(shim)
    unsafe vfs.pointee.szOsFile = max(
      previous.pointee.szOsFile,
      Int32(MemoryLayout<File>.stride)
    )
    unsafe vfs.pointee.xOpen = open
    unsafe vfs.pointee.xDelete = delete
    unsafe vfs.pointee.xAccess = access
    unsafe vfs.pointee.xFullPathname = fullPathname
    return unsafe sqlite3_vfs_register(vfs, 1) == SQLITE_OK
  }

  private static func copy(of text: StaticString) -> UnsafeMutablePointer<CChar> {
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.utf8CodeUnitCount + 1)
    for index in 0..<text.utf8CodeUnitCount {
      unsafe copy[index] = CChar(bitPattern: text.utf8Start[index])
    }
    unsafe copy[text.utf8CodeUnitCount] = 0
    return unsafe copy
  }

  private static func shim(_ vfs: Pointer?) -> UnsafeMutablePointer<Shim>? {
    unsafe vfs?.pointee.pAppData?.assumingMemoryBound(to: Shim.self)
  }

  private static func path(_ name: UnsafePointer<CChar>?) -> DiskPath? {
    guard let name = unsafe name else { return nil }
    return DiskPath(unsafe String(cString: name))
  }

  private static let open:
    @convention(c) (
      Pointer?, UnsafePointer<CChar>?, UnsafeMutablePointer<sqlite3_file>?, Int32,
      UnsafeMutablePointer<Int32>?
    ) -> Int32 = { vfs, name, file, flags, outFlags in
      guard let shim = unsafe shim(vfs), let file = unsafe file else { return SQLITE_CANTOPEN }
      guard let path = unsafe path(name) else {
        let previous = unsafe shim.pointee.previous
        return unsafe previous.pointee.xOpen(previous, name, file, flags, outFlags)
      }
      unsafe file.pointee.pMethods = nil
      guard let volume = DiskRegistry.volume(path.disk) else { return SQLITE_CANTOPEN }
      let opened = volume.state.withLock { $0.open(path.name, flags: flags) }
      guard opened.code == SQLITE_OK else { return opened.code }
      unsafe UnsafeMutableRawPointer(file).assumingMemoryBound(to: File.self).pointee = File(
        base: sqlite3_file(pMethods: shim.pointee.methods),
        disk: path.disk,
        number: opened.number
      )
      unsafe outFlags?.pointee = flags
      return SQLITE_OK
    }

  private static let delete: @convention(c) (Pointer?, UnsafePointer<CChar>?, Int32) -> Int32 = {
    vfs,
    name,
    isSynced in
    guard let shim = unsafe shim(vfs) else { return ResultCode.delete }
    guard let path = unsafe path(name) else {
      let previous = unsafe shim.pointee.previous
      return unsafe previous.pointee.xDelete(previous, name, isSynced)
    }
    guard let volume = DiskRegistry.volume(path.disk) else { return ResultCode.delete }
    return volume.state.withLock { $0.delete(path.name, isSynced: isSynced != 0) }
  }

  private static let access:
    @convention(c) (
      Pointer?, UnsafePointer<CChar>?, Int32, UnsafeMutablePointer<Int32>?
    ) -> Int32 = { vfs, name, flags, result in
      guard let shim = unsafe shim(vfs) else { return ResultCode.access }
      guard let path = unsafe path(name) else {
        let previous = unsafe shim.pointee.previous
        return unsafe previous.pointee.xAccess(previous, name, flags, result)
      }
      let exists = DiskRegistry.volume(path.disk)?.state.withLock { $0.exists(path.name) }
      guard let exists = exists ?? nil else { return ResultCode.access }
      unsafe result?.pointee = exists ? 1 : 0
      return SQLITE_OK
    }

  private static let fullPathname:
    @convention(c) (
      Pointer?, UnsafePointer<CChar>?, Int32, UnsafeMutablePointer<CChar>?
    ) -> Int32 = { vfs, name, capacity, output in
      guard let shim = unsafe shim(vfs) else { return SQLITE_CANTOPEN }
      guard unsafe path(name) != nil, let name = unsafe name, let output = unsafe output else {
        let previous = unsafe shim.pointee.previous
        return unsafe previous.pointee.xFullPathname(previous, name, capacity, output)
      }
      // Ours are full already.
      var index = 0
      while unsafe name[index] != 0 {
        guard index + 1 < capacity else { return SQLITE_CANTOPEN }
        unsafe output[index] = name[index]
        index += 1
      }
      unsafe output[index] = 0
      return SQLITE_OK
    }
}
