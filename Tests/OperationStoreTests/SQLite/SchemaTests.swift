import Convergence
import Foundation
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("Files that are no store, or no longer one")
struct SchemaTests {
  /// A store with content, closed: one file.
  private func withStoreFile(_ body: (URL, Data) throws -> Void) throws {
    try withFolder { folder in
      let url = folder.appendingPathComponent("store")
      do {
        let device = try Device(1, .file(url.path))
        for number in 0..<40 { try device.write(Device.title("title \(number)")) }
        try device.seal()
        try device.write(Device.title("open"))
      }
      try body(url, try Data(contentsOf: url))
    }
  }

  private func open(_ url: URL) -> StoreError? {
    do throws(StoreError) {
      _ = try OperationStore(.file(url.path), meaning: .inertTitles)
      return nil
    } catch {
      return error
    }
  }

  @Test("A store of a newer program is refused and not touched")
  func future() throws {
    try withStoreFile { url, content in
      var newer = content
      newer[60..<64] = Data([0, 0, 0, 99])  // `user_version` in the header of the file format
      try newer.write(to: url)
      let error = open(url)
      #expect(error?.code == .futureFormat)
      #expect(error?.message.contains("99") == true)
      #expect(try Data(contentsOf: url) == newer)
      try content.write(to: url)
      #expect(open(url) == nil)
    }
  }

  @Test("Another program's database, and what is no database, are refused and not touched")
  func foreign() throws {
    try withStoreFile { url, content in
      var other = content
      other[68..<72] = Data([1, 2, 3, 4])  // `application_id` in the header
      var unmarked = content
      unmarked[68..<72] = Data([0, 0, 0, 0])
      for bytes in [other, unmarked, Data("Dear diary\n".utf8) + Data(count: 5_000)] {
        try bytes.write(to: url)
        #expect(open(url)?.code == .notAStore)
        #expect(try Data(contentsOf: url) == bytes)
        let reader = #expect(throws: StoreError.self) {
          try OperationStore(.file(url.path), meaning: .inertTitles, isReadOnly: true)
        }
        #expect(reader?.code == .notAStore)
      }
    }
  }

  @Test("An empty file becomes a store")
  func empty() throws {
    try withFolder { folder in
      let url = folder.appendingPathComponent("store")
      try Data().write(to: url)
      let device = try Device(1, .file(url.path))
      try device.write(Device.title("a"))
      #expect(try device.titles() == ["a"])
    }
  }

  /// Reads everything a store can be asked for; a store error is an answer, a trap is not.
  private func read(_ url: URL) -> StoreError? {
    do throws(StoreError) {
      let store = try OperationStore(.file(url.path), meaning: .inertTitles)
      for visit in try store.visits() {
        _ = try store.cells(of: visit)
        _ = try store.stateDigest(of: visit)
        _ = try store.entries(of: visit, after: 0)
        _ = try store.history(of: visit)
        _ = try store.authority(of: visit)
        _ = try store.cursor(of: visit)
        try store.transaction { () throws(StoreError) in
          try store.rederive(visit)
          _ = try store.write([Device.title("more")], to: visit, clock: 0)
          try store.seal(visit, key: Names.key(1), received: 0)
        }
      }
      _ = try store.certificates()
      _ = try store.documents("store")
      return nil
    } catch {
      return error
    }
  }

  @Test("A file cut short anywhere gives an error or a store, never a trap")
  func truncated() throws {
    try withStoreFile { url, content in
      var count = 0
      for end in Array(stride(from: 1, to: content.count, by: 509)) + [100, content.count - 1] {
        for side in ["-wal", "-shm"] {
          try? FileManager.default.removeItem(atPath: url.path + side)
        }
        try content.prefix(end).write(to: url)
        _ = read(url)
        count += 1
      }
      try content.prefix(content.count / 2).write(to: url)
      #expect(read(url) != nil)
      print("opened a store of \(content.count) bytes cut at \(count) places")
    }
  }

  @Test("A damaged file gives an error or a store, never a trap")
  func damaged() throws {
    try withStoreFile { url, content in
      try forEachSeed(Seeds.few) { random in
        var bytes = content
        for _ in 0...random.below(30) {
          // The header is left alone: what it says is tested above.
          bytes[100 + random.below(bytes.count - 100)] = UInt8(
            truncatingIfNeeded: random.below(256)
          )
        }
        for side in ["-wal", "-shm"] {
          try? FileManager.default.removeItem(atPath: url.path + side)
        }
        try bytes.write(to: url)
        _ = read(url)
      }
    }
  }
}
