import Synchronization

/// A disk as SQLite reaches it: a number, and the state behind a lock.
final class Volume: Sendable {
  /// The number in the paths of its files.
  let number: Int

  let state: Mutex<DiskState>

  init(_ number: Int, _ state: sending DiskState) {
    self.number = number
    self.state = Mutex(state)
  }
}
