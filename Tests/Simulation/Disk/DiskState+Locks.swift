import CSQLite

extension DiskState {
  func lock(_ number: Int, to level: Int32) -> Int32 {
    guard let handle = live(number) else { return ResultCode.lock }
    return handle.file.locks.lock(number, to: level) ? SQLITE_OK : SQLITE_BUSY
  }

  /// Lowers a lock; always succeeds, and for dead ones there is nothing to lower.
  func unlock(_ number: Int, to level: Int32) -> Int32 {
    live(number)?.file.locks.unlock(number, to: level)
    return SQLITE_OK
  }

  func isReserved(_ number: Int) -> Bool? { live(number)?.file.locks.isReserved }

  // MARK: Shared memory

  /// Finds or makes a region of the shared memory.
  ///
  /// - Returns: A result code, and the address, 0 for none.
  func region(
    _ number: Int,
    _ index: Int,
    size: Int,
    isExtending: Bool
  ) -> (code: Int32, address: UInt) {
    guard let handle = live(number) else { return (ResultCode.sharedMemory, 0) }
    let memory = handle.memory ?? handle.file.memory ?? SharedMemory()
    handle.file.memory = memory
    handle.memory = memory
    memory.join(number)
    return (SQLITE_OK, memory.region(index, size: size, isExtending: isExtending))
  }

  /// Takes or releases locks on the shared memory.
  func memoryLock(_ number: Int, first: Int32, count: Int32, flags: Int32) -> Int32 {
    let mask = UInt8(truncatingIfNeeded: ((1 << count) - 1) << first)
    if flags & SQLITE_SHM_UNLOCK != 0 {
      handles[number]?.memory?.unlock(number, mask)
      return SQLITE_OK
    }
    guard let memory = live(number)?.memory else { return ResultCode.sharedLock }
    let isExclusive = flags & SQLITE_SHM_EXCLUSIVE != 0
    return memory.lock(number, mask, isExclusive: isExclusive) ? SQLITE_OK : SQLITE_BUSY
  }

  func leaveMemory(_ number: Int) {
    if let handle = handles[number] { leaveMemory(number, handle) }
  }

  /// Ends the use of the shared memory, which goes with its last connection.
  func leaveMemory(_ number: Int, _ handle: OpenFile) {
    guard let memory = handle.memory else { return }
    if memory.leave(number), handle.file.memory === memory { handle.file.memory = nil }
    handle.memory = nil
  }
}
