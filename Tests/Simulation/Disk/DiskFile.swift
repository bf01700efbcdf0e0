import TestSupport

/// A file of a simulated disk, whatever name it has or had.
final class DiskFile {
  /// How much a disk writes in one piece.
  static let sectorSize = 512

  /// The number of the file on its disk, in the order of creation.
  let number: Int

  private(set) var content: FileContent
  private var unsynced = UnsyncedChanges()

  var locks = FileLocks()

  /// The memory that the connections to this file share, while there are any.
  var memory: SharedMemory?

  init(_ number: Int, _ content: FileContent = FileContent()) {
    self.number = number
    self.content = content
  }

  func write(_ bytes: RawSpan, at offset: Int) {
    unsynced.willWrite(bytes.byteCount, at: offset, to: content)
    content.write(bytes, at: offset)
  }

  func resize(to size: Int) {
    unsynced.willResize(to: size, content)
    content.resize(to: size)
  }

  func sync() { unsynced.sync() }

  /// Puts the file back to what was synced.
  func loseEverything() { _ = unsynced.undo(&content) }

  /// Loses some of what was not synced.
  ///
  /// The part of each write that lies in one sector is kept, lost or spoilt on its own, and each cut
  /// of the end is kept or lost. What nobody wrote to stays as it was: the disk promises that much
  /// (https://www.sqlite.org/psow.html).
  func loseSome(using random: inout SeededGenerator) {
    // How bad it is differs by file and cut: nearly all or nearly nothing lost is where bugs hide.
    let keeping = random.int(in: 0...8)
    let spoiling = random.below(3)
    for (change, bytes) in unsynced.undo(&content) {
      guard change.written != nil else {
        if random.chance(keeping, in: 8) { content.resize(to: change.offset) }
        continue
      }
      var start = 0
      while start < bytes.count {
        let offset = change.offset + start
        let length = min(Self.sectorSize - offset % Self.sectorSize, bytes.count - start)
        if random.chance(keeping, in: 8) {
          content.write(bytes[start..<start + length], at: offset)
        } else if random.chance(spoiling, in: 8) {
          let rubbish = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
          content.write(rubbish[...], at: offset)
        }
        start += length
      }
    }
  }
}
