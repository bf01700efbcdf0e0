import CSQLite
import Foundation
import OperationStore
import Simulation
import TestSupport
import Testing

@Suite("The file system before SQLite's own")
struct DiskVFSTests {
  @Test("A path that is not on a simulated disk is a real file still")
  func realFiles() throws {
    try withFolder { folder in
      let disk = SimulatedDisk()
      let path = folder.appendingPathComponent("store").path
      let script = CrashScript.short
      let real = try script.run(at: path)
      #expect(real.error == nil && disk.writes == 0)
      #expect(FileManager.default.fileExists(atPath: path + "-wal"))
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      #expect(bytes.starts(with: Array("SQLite format 3".utf8)))
      let simulated = try script.run(at: disk.path("store"))
      #expect(disk.writes > 0 && !FileManager.default.fileExists(atPath: disk.path("store")))
      let stores = try (#require(real.store), #require(simulated.store))
      #expect(try CrashScript.picture(of: stores.0) == CrashScript.picture(of: stores.1))
    }
  }

  @Test("Two connections see each other's commits, and a reader beside them one moment")
  func connections() throws {
    let disk = SimulatedDisk()
    let path = disk.path("store")
    let one = try CrashScript.openStore(at: path)
    try CrashScript.setUp(one, replica: 1)
    let two = try CrashScript.openStore(at: path)
    let reader = try OperationStore(.file(path), meaning: DiskNames.meaning, isReadOnly: true)
    for index in 0..<20 {
      let before = try CrashScript.picture(of: reader)
      #expect(before.open == Int64(index))
      try reader.snapshot { () throws(StoreError) in
        let inside = try reader.unsentCounts(of: DiskNames.visit).openOperations
        try CrashScript.write("text \(index)", to: index % 2 == 0 ? one : two)
        let after = try reader.unsentCounts(of: DiskNames.visit).openOperations
        guard inside == after else { throw StoreError(.fault, "a snapshot moved") }
      }
      #expect(try CrashScript.picture(of: one) == CrashScript.picture(of: two))
      #expect(try CrashScript.picture(of: one) == CrashScript.picture(of: reader))
    }
  }

  @Test("While one connection writes, another is told that the database is busy")
  func busy() throws {
    let disk = SimulatedDisk()
    for mode in ["WAL", "DELETE"] {
      let one = try #require(RawDatabase(disk.path(mode)))
      #expect(one.text("PRAGMA journal_mode = \(mode)") == mode.lowercased())
      #expect(one.run("CREATE TABLE t(x); BEGIN IMMEDIATE; INSERT INTO t VALUES(1)") == SQLITE_OK)
      let two = try #require(RawDatabase(disk.path(mode)))
      #expect(two.run("INSERT INTO t VALUES(2)") == SQLITE_BUSY)
      #expect(two.text("SELECT count(*) FROM t") == "0")
      #expect(one.run("COMMIT") == SQLITE_OK)
      #expect(two.run("INSERT INTO t VALUES(2)") == SQLITE_OK)
      #expect(one.text("SELECT count(*) FROM t") == "2")
    }
  }

  @Test("Disks do not disturb each other when many run at once")
  func parallel() async throws {
    let digests = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let disk = SimulatedDisk()
          let run = try CrashScript.short.run(at: disk.path("store"))
          let picture = try run.store.map { try CrashScript.picture(of: $0) }
          return "\(disk.writes) \(disk.syncs) \(String(describing: picture?.state))"
        }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(digests.count == 1)
  }

  @Test(
    "Whichever event the power is cut at, a rollback journal restores the last whole transaction",
    arguments: ["DELETE", "TRUNCATE", "PERSIST"]
  )
  func rollbackJournals(mode: String) throws {
    func run(_ disk: SimulatedDisk) -> Int {
      var done = 0
      guard let database = RawDatabase(disk.path("data")) else { return done }
      let settings = "PRAGMA journal_mode = \(mode); PRAGMA synchronous = EXTRA;"
      guard database.run(settings + "CREATE TABLE t(x)") == SQLITE_OK else { return done }
      for index in 0..<6 {
        let value = "zeroblob(\(index * 3000))"
        let sql = "BEGIN; INSERT INTO t VALUES(\(value)); INSERT INTO t VALUES(\(value)); COMMIT"
        guard database.run(sql) == SQLITE_OK else { return done }
        done += 1
      }
      return done
    }
    let whole = SimulatedDisk()
    #expect(run(whole) == 6)
    print("rollback journal \(mode): N = \(whole.writes) events")
    try withEvery("event", in: 1...whole.writes) { event in
      try withEvery("seed", in: 0..<UInt64(4)) { seed in
        let disk = SimulatedDisk()
        disk.failAfter(event)
        let done = run(disk)
        var random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(event))
        disk.powerCut(using: &random, loss: .any)
        disk.powerOn()
        let database = try #require(RawDatabase(disk.path("data")))
        try demandEqual(database.text("PRAGMA integrity_check"), "ok", "the file is damaged")
        let rows = database.text("SELECT count(*) FROM t").flatMap { Int($0) } ?? 0
        try demand(
          [done, done + 1].contains(rows / 2) && rows % 2 == 0,
          "\(done), but \(rows) rows"
        )
      }
    }
  }
}
