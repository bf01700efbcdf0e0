import CSQLite
import Simulation
import TestSupport
import Testing

/// The disk by itself, called as SQLite calls it.
@Suite("Files of the simulated disk")
struct DiskFileTests {
  private func cut(_ disk: SimulatedDisk, seed: UInt64, _ loss: SimulatedDisk.Loss = .any) {
    var random = SeededGenerator(seed: seed)
    disk.powerCut(using: &random, loss: loss)
    disk.powerOn()
  }

  /// A file of ones that is synced, and twos over the middle of it and past its end that are not.
  private func half(_ disk: SimulatedDisk) throws -> RawFile {
    let file = try #require(RawFile(disk.path("a")))
    #expect(file.write(1, count: 8 * 512, at: 0) == SQLITE_OK)
    #expect(file.sync() == SQLITE_OK)
    #expect(file.write(2, count: 3 * 512, at: 2 * 512 + 100) == SQLITE_OK)
    #expect(file.write(3, count: 512, at: 8 * 512) == SQLITE_OK)
    return file
  }

  @Test("Whatever is not synced may be lost, kept, torn, reordered or spoilt; nothing else may")
  func loss() throws {
    var seen: Set<String> = []
    for seed in Seeds.all {
      let disk = SimulatedDisk()
      _ = try half(disk)
      cut(disk, seed: seed)
      let bytes = try #require(RawFile(disk.path("a"))?.content())
      // What stands before and behind the middle was not written to.
      #expect(bytes.prefix(2 * 512 + 100).allSatisfy { $0 == 1 })
      #expect(bytes[(5 * 512 + 100)..<(8 * 512)].allSatisfy { $0 == 1 })
      let middle = bytes[(2 * 512 + 100)..<(5 * 512 + 100)]
      if middle.allSatisfy({ $0 == 1 }) { seen.insert("lost") }
      if middle.allSatisfy({ $0 == 2 }) { seen.insert("kept") }
      if middle.contains(1), middle.contains(2) { seen.insert("torn") }
      if bytes.count > 8 * 512, !middle.contains(2) { seen.insert("reordered") }
      if middle.contains(where: { $0 > 2 }) { seen.insert("spoilt") }
    }
    #expect(seen == ["lost", "kept", "torn", "reordered", "spoilt"])
  }

  @Test("Reading past the end gives zeros, and says that it was short")
  func shortRead() throws {
    let file = try half(SimulatedDisk())
    let read = file.read(20, at: 9 * 512 - 5)
    #expect(read.code == SQLITE_IOERR | 2 << 8)
    #expect(read.bytes == [3, 3, 3, 3, 3] + [UInt8](repeating: 0, count: 15))
    #expect(file.read(3, at: 1 << 20).bytes == [0, 0, 0])
  }

  @Test("Losing everything goes back to the last sync, over writes and cuts of the end")
  func everything() throws {
    let disk = SimulatedDisk()
    let file = try half(disk)
    #expect(file.truncate(to: 700) == SQLITE_OK)
    #expect(file.write(4, count: 20_000, at: 9000) == SQLITE_OK)
    let whole = try #require(file.content())
    #expect(whole.count == 29_000 && whole[..<700].contains(2) == false)
    #expect(whole[700..<9000].allSatisfy { $0 == 0 })
    cut(disk, seed: 0, .nothing)
    #expect(try #require(RawFile(disk.path("a"))).content() == whole)
    cut(disk, seed: 0, .everything)
    #expect(try #require(RawFile(disk.path("a"))).content() == [UInt8](repeating: 1, count: 4096))
  }

  @Test("A name lasts from the file's sync, and a deletion from that of the directory")
  func directory() throws {
    var made: Set<Bool> = []
    var deleted: Set<Bool> = []
    for seed in Seeds.all.prefix(50) {
      let disk = SimulatedDisk()
      for name in ["synced", "kept", "gone"] {
        let file = try #require(RawFile(disk.path(name)))
        #expect(file.write(1, count: 10, at: 0) == SQLITE_OK)
        #expect(file.sync() == SQLITE_OK)
      }
      _ = RawFile(disk.path("new"))?.write(1, count: 10, at: 0)
      #expect(RawFile.delete(disk.path("gone"), isSynced: false) == SQLITE_OK)
      cut(disk, seed: seed)
      #expect(RawFile(disk.path("synced"))?.content() == [UInt8](repeating: 1, count: 10))
      deleted.insert(RawFile(disk.path("gone"))?.content() == [])
      made.insert(RawFile(disk.path("new"))?.content() == [])
      #expect(RawFile.delete(disk.path("kept"), isSynced: true) == SQLITE_OK)
      cut(disk, seed: seed)
      #expect(RawFile.delete(disk.path("kept"), isSynced: true) == SQLITE_IOERR | 23 << 8)
    }
    #expect(made == [true, false] && deleted == [true, false])
  }

  @Test("What was open at a power cut fails for ever, holds no lock, and closes without harm")
  func generations() throws {
    let disk = SimulatedDisk()
    let old = try half(disk)
    #expect(old.lock(SQLITE_LOCK_SHARED) == SQLITE_OK)
    #expect(old.lock(SQLITE_LOCK_RESERVED) == SQLITE_OK)
    disk.failAfter(1)
    #expect(old.write(9, count: 10, at: 0) != SQLITE_OK)
    #expect(disk.isDown && old.content() == nil && RawFile(disk.path("a")) == nil)
    cut(disk, seed: 0, .everything)
    let new = try #require(RawFile(disk.path("a")))
    #expect(new.lock(SQLITE_LOCK_SHARED) == SQLITE_OK)
    #expect(new.lock(SQLITE_LOCK_EXCLUSIVE) == SQLITE_OK)
    #expect(old.write(9, count: 10, at: 0) != SQLITE_OK && old.sync() != SQLITE_OK)
    #expect(old.truncate(to: 0) != SQLITE_OK && old.lock(SQLITE_LOCK_EXCLUSIVE) != SQLITE_OK)
    #expect(old.unlock(SQLITE_LOCK_NONE) == SQLITE_OK)
    let third = try #require(RawFile(disk.path("a")))
    #expect(third.lock(SQLITE_LOCK_SHARED) == SQLITE_BUSY)
    #expect(new.content() == [UInt8](repeating: 1, count: 4096))
  }

  @Test("Locks let many read, or one write once all others have gone")
  func locks() throws {
    let disk = SimulatedDisk()
    let files = (0..<3).compactMap { _ in RawFile(disk.path("a")) }
    for file in files { #expect(file.lock(SQLITE_LOCK_SHARED) == SQLITE_OK) }
    #expect(files[0].lock(SQLITE_LOCK_RESERVED) == SQLITE_OK)
    #expect(files[1].lock(SQLITE_LOCK_RESERVED) == SQLITE_BUSY)
    #expect(files[0].lock(SQLITE_LOCK_EXCLUSIVE) == SQLITE_BUSY)
    // It waits now, and nobody new gets in.
    #expect(files[2].unlock(SQLITE_LOCK_NONE) == SQLITE_OK)
    #expect(files[2].lock(SQLITE_LOCK_SHARED) == SQLITE_BUSY)
    #expect(files[1].unlock(SQLITE_LOCK_NONE) == SQLITE_OK)
    #expect(files[0].lock(SQLITE_LOCK_EXCLUSIVE) == SQLITE_OK)
    #expect(files[0].unlock(SQLITE_LOCK_SHARED) == SQLITE_OK)
    #expect(files[2].lock(SQLITE_LOCK_SHARED) == SQLITE_OK)
  }
}
