import CSQLite

/// The locks on a file between connections: https://www.sqlite.org/lockingv3.html.
struct FileLocks {
  /// The level that each open file holds, by its number; none is not kept.
  private var levels: [Int: Int32] = [:]

  /// Raises a lock.
  ///
  /// - Returns: Whether it was had; if not, a pending lock may have been.
  mutating func lock(_ number: Int, to level: Int32) -> Bool {
    guard level > levels[number, default: SQLITE_LOCK_NONE] else { return true }
    let others = levels.filter { $0.key != number }.values.max() ?? SQLITE_LOCK_NONE
    switch level {
    case SQLITE_LOCK_SHARED:
      guard others < SQLITE_LOCK_PENDING else { return false }
    case SQLITE_LOCK_RESERVED:
      guard others < SQLITE_LOCK_RESERVED else { return false }
    default:
      guard others < SQLITE_LOCK_RESERVED else { return false }
      // New readers are kept out from now on, so that the present ones can finish.
      levels[number] = SQLITE_LOCK_PENDING
      guard others == SQLITE_LOCK_NONE else { return false }
    }
    levels[number] = level
    return true
  }

  /// Lowers a lock.
  mutating func unlock(_ number: Int, to level: Int32) {
    guard let held = levels[number], held > level else { return }
    levels[number] = level == SQLITE_LOCK_NONE ? nil : level
  }

  /// Whether anybody means to write.
  var isReserved: Bool { levels.values.contains { $0 >= SQLITE_LOCK_RESERVED } }
}
