import CSQLite

extension DiskState {
  /// Opens a file, and makes it if asked to.
  ///
  /// - Returns: A result code, and the number of the open file.
  mutating func open(_ name: String, flags: Int32) -> (code: Int32, number: Int) {
    guard !isDown, !strikes(.open) else { return (SQLITE_CANTOPEN, 0) }
    let isCreating = flags & SQLITE_OPEN_CREATE != 0
    let isExclusive = isCreating && flags & SQLITE_OPEN_EXCLUSIVE != 0
    let file: DiskFile
    if let found = files[name] {
      guard !isExclusive else { return (SQLITE_CANTOPEN, 0) }
      file = found
    } else {
      guard isCreating else { return (SQLITE_CANTOPEN, 0) }
      file = newFile()
      files[name] = file
      directoryChanges.append(DirectoryChange(name: name, file: file, isDeletion: false))
    }
    let journals = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL
    let handle = OpenFile(
      file,
      name: name,
      generation: generation,
      isTemporary: flags & SQLITE_OPEN_DELETEONCLOSE != 0,
      syncsDirectory: isCreating && flags & journals != 0
    )
    if let number = freeHandles.popLast() {
      handles[number] = handle
      return (SQLITE_OK, number)
    }
    handles.append(handle)
    return (SQLITE_OK, handles.count - 1)
  }

  /// Closes a file; always succeeds, for dead ones too.
  mutating func close(_ number: Int) {
    guard let handle = handles[number] else { return }
    leaveMemory(number, handle)
    if handle.generation == generation {
      handle.file.locks.unlock(number, to: SQLITE_LOCK_NONE)
      if handle.isTemporary { files[handle.name] = nil }
    }
    handles[number] = nil
    freeHandles.append(number)
  }

  mutating func read(_ number: Int, into output: inout MutableRawSpan, at offset: Int) -> Int32 {
    guard let handle = live(number), !strikes(.read) else { return ResultCode.read }
    let count = handle.file.content.read(into: &output, at: offset)
    return count == output.byteCount ? SQLITE_OK : ResultCode.shortRead
  }

  mutating func write(_ number: Int, _ bytes: RawSpan, at offset: Int) -> Int32 {
    guard let handle = live(number) else { return ResultCode.write }
    let isPowered = event()
    guard !strikes(.write) else { return ResultCode.write }
    let growth = offset + bytes.byteCount - handle.file.content.size
    var missing = 0
    if growth > 0, let capacity { missing = min(max(0, size + growth - capacity), growth) }
    // As on a real disk, what still fits is written; none of it where the start does not fit.
    handle.file.write(bytes.extracting(first: max(0, bytes.byteCount - missing)), at: offset)
    guard isPowered else { return ResultCode.write }
    return missing == 0 ? SQLITE_OK : SQLITE_FULL
  }

  mutating func truncate(_ number: Int, to size: Int) -> Int32 {
    guard let handle = live(number) else { return ResultCode.truncate }
    let isPowered = event()
    guard !strikes(.truncate) else { return ResultCode.truncate }
    handle.file.resize(to: size)
    return isPowered ? SQLITE_OK : ResultCode.truncate
  }

  mutating func sync(_ number: Int) -> Int32 {
    guard let handle = live(number) else { return ResultCode.sync }
    guard event(isSync: true), !strikes(.sync) else { return ResultCode.sync }
    guard !ignoresSync else { return SQLITE_OK }
    handle.file.sync()
    if handle.syncsDirectory {
      handle.syncsDirectory = false
      directoryChanges = []
    } else if !directoryChanges.isEmpty {
      // A synced file keeps its name, as on ext4.
      directoryChanges.removeAll { $0.name == handle.name }
    }
    return SQLITE_OK
  }

  func size(of number: Int) -> Int? { live(number)?.file.content.size }

  mutating func delete(_ name: String, isSynced: Bool) -> Int32 {
    guard !isDown else { return ResultCode.delete }
    guard let file = files[name] else { return ResultCode.deleteOfNone }
    let isPowered = event()
    guard !strikes(.delete) else { return ResultCode.delete }
    files[name] = nil
    directoryChanges.append(DirectoryChange(name: name, file: file, isDeletion: true))
    guard isPowered else { return ResultCode.delete }
    if isSynced, !ignoresSync { directoryChanges = [] }
    return SQLITE_OK
  }

  /// Whether there is a file with something in it; an empty one counts as none, as SQLite has it.
  func exists(_ name: String) -> Bool? {
    isDown ? nil : (files[name]?.content.size ?? 0) > 0
  }
}
