import Synchronization
package import TestSupport

/// A disk in memory whose power can be cut: what was not synced may then be lost, torn or reordered.
///
/// The real code runs on it unchanged: an `OperationStore` that is opened at a ``path(_:)`` reaches it
/// through SQLite's virtual file system (https://www.sqlite.org/vfs.html), of which the first disk
/// registers one for the process. All other paths go to the system's as before.
///
/// The disk promises SQLite what its VFS for Linux promises, and nothing beyond: synced bytes stay,
/// and a write that was cut may leave rubbish where it wrote, but nowhere else
/// (https://www.sqlite.org/psow.html). A disk that spoils the rest of a sector as well, and says so,
/// loses commits at the second of two cuts: what SQLite pads its log with is itself not synced, so
/// after the first cut the log may go on within a sector that holds a commit.
package final class SimulatedDisk: Sendable {
  /// What a power cut takes of what was not synced.
  package enum Loss: Hashable, Sendable, CaseIterable {
    /// All of it.
    case everything

    /// Whatever chance takes: each sector of each write alone, each change of the directory alone.
    case any

    /// Nothing: the process died, and the system still has its writes.
    case nothing
  }

  /// An action of the disk that can fail once.
  package enum Fault: Hashable, Sendable, CaseIterable {
    case open, read, write, truncate, sync, delete
  }

  private let volume: Volume

  /// Makes an empty disk with its power on.
  ///
  /// - Parameter ignoresSync: Whether it only says that it has synced, as bad disks do.
  package convenience init(ignoresSync: Bool = false) {
    self.init(DiskState(ignoresSync: ignoresSync))
  }

  private init(_ state: sending DiskState) {
    volume = DiskRegistry.add(state)
  }

  deinit { DiskRegistry.abandon(volume) }

  /// Where a file of the disk is, for whoever opens it through SQLite.
  package func path(_ name: String) -> String { "\(DiskPath.prefix)\(volume.number)/\(name)" }

  /// How many writes, truncations, syncs and deletions there were, successful or not.
  package var writes: Int { volume.state.withLock { $0.events } }

  /// How many of them were syncs of a file.
  package var syncs: Int { volume.state.withLock { $0.syncs } }

  /// How many bytes the files have together.
  package var size: Int { volume.state.withLock { $0.size } }

  /// Cuts the power at a coming event: that one and everything later fails.
  ///
  /// The event itself may or may not happen: ``powerCut(using:loss:)`` decides.
  ///
  /// - Parameter events: At which event from now, 1 for the next; 0 cuts it at once.
  package func failAfter(_ events: Int) {
    volume.state.withLock { $0.failAfter(events) }
  }

  /// Makes one action fail once, the power staying on; a failed sync has synced nothing.
  ///
  /// - Parameters:
  ///   - fault: The action.
  ///   - count: How many of these are spared first.
  package func failNext(_ fault: Fault, after count: Int = 0) {
    volume.state.withLock { $0.faults[fault] = max(0, count) }
  }

  /// Whether the power is off.
  package var isDown: Bool { volume.state.withLock { $0.isDown } }

  /// Ends whatever has a file open, and takes of what was not synced.
  ///
  /// Connections that outlive this fail from now on, with the power back too; closing them is
  /// harmless at any time.
  ///
  /// - Parameters:
  ///   - random: The chance by which ``Loss/any`` takes.
  ///   - loss: How much is lost.
  package func powerCut(using random: inout SeededGenerator, loss: Loss) {
    volume.state.withLock { $0.powerCut(using: &random, loss: loss) }
  }

  /// Turns the power on, so that files can be opened again.
  package func powerOn() { volume.state.withLock { $0.powerOn() } }

  /// How many bytes the files may have together; writes beyond fail as on a full disk.
  package var capacity: Int? {
    get { volume.state.withLock { $0.capacity } }
    set { volume.state.withLock { $0.capacity = newValue } }
  }

  /// Another disk with the same files as they are seen now, database and log of one moment.
  ///
  /// This is what a backup program or the copying of a device takes along. All of it is on the new
  /// disk for good; connections stay with the old one. Chunks are shared until somebody writes.
  package func copy() -> SimulatedDisk {
    let files = volume.state.withLock { $0.image }
    let disk = SimulatedDisk()
    disk.volume.state.withLock { $0.replace(by: files) }
    return disk
  }

  /// Puts the files of another disk in place of the own, for good; open connections fail from now on.
  package func restore(from other: SimulatedDisk) {
    let files = other.volume.state.withLock { $0.image }
    volume.state.withLock { $0.replace(by: files) }
  }
}
