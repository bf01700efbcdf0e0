import Synchronization

/// All simulated disks of the process by number, since SQLite hands its callbacks no more than that.
enum DiskRegistry {
  private struct Table {
    var volumes: [Int: Volume] = [:]
    var abandoned: Set<Int> = []
    var last = 0
  }

  private static let table = Mutex(Table())

  /// Gives a disk its number, and sees to it that SQLite can reach it.
  static func add(_ state: sending DiskState) -> Volume {
    DiskVFS.register()
    let number = table.withLock { table in
      table.last += 1
      return table.last
    }
    let volume = Volume(number, state)
    table.withLock { $0.volumes[number] = volume }
    return volume
  }

  /// The disk of a number.
  static func volume(_ number: Int) -> Volume? { table.withLock { $0.volumes[number] } }

  /// Lets a disk go as soon as no connection has a file of it open.
  static func abandon(_ volume: Volume) {
    _ = table.withLock { $0.abandoned.insert(volume.number) }
    removeIfUnused(volume)
  }

  /// Lets a disk go that nobody holds any more.
  static func removeIfUnused(_ volume: Volume) {
    guard volume.state.withLock({ $0.isUnused }) else { return }
    table.withLock { table in
      guard table.abandoned.contains(volume.number) else { return }
      table.abandoned.remove(volume.number)
      table.volumes[volume.number] = nil
    }
  }
}
