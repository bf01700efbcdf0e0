import AssessmentModel
import Convergence
import OperationStore
import Simulation
import SyncProtocol
import TestSupport
import Testing

/// Logs with a fault planted in them.
@Suite("What has to hold of a log")
struct FinalChecksLogTests {
  private typealias Scene = ModelScene

  @Test(
    "A log whose bytes, names, signatures, order or digest were touched is found out",
    arguments: [
      ("UPDATE batches SET hash = zeroblob(32) WHERE position = 3", "the hash"),
      ("UPDATE batches SET number = 9 WHERE position = 3", "files it under"),
      (
        """
        UPDATE batches SET line = CAST(replace(CAST(line AS TEXT), '"not-met"', '"met"') AS BLOB)
        WHERE position = 3
        """,
        "the hash"
      ),
      (
        """
        UPDATE batches SET signature = (SELECT signature FROM batches WHERE position = 2)
        WHERE position = 3
        """,
        "the signature"
      ),
      ("UPDATE replicas SET signature = zeroblob(64)", "the certificate is not signed"),
      ("DELETE FROM batches WHERE position = 3", "positions have a gap"),
      ("DELETE FROM batches WHERE position = 6", "digest of the log"),
      ("UPDATE visits SET digest = zeroblob(32)", "digest"),
      (
        "UPDATE batches SET position = 99 WHERE position = 2; "
          + "UPDATE batches SET position = 2 WHERE position = 6; "
          + "UPDATE batches SET position = 6 WHERE position = 99",
        "before it in the log"
      ),
    ]
  )
  func chains(sql: String, words: String) throws {
    let found = try PlantedVisit.sentence(after: sql) {
      try FinalChecks.chainsAndDigests(store: $0, named: "tablet", visit: PlantedVisit.visit)
    }
    #expect(found?.contains(words) ?? false, "\(found ?? "content")")
  }

  @Test("A cursor goes with the server's digest there")
  func cursors() throws {
    let scene = PlantedVisit.scene()
    let server = try scene.store()
    let device = try scene.store([0, 2, 1, 3, 5, 4])
    let check = {
      try FinalChecks.chainsAndDigests(store: device, visit: PlantedVisit.visit, server: server)
    }
    #expect(try PlantedVisit.sentence(check)?.contains("never read") ?? false)
    func setCursor(_ digest: LogDigest) throws {
      let epoch = Epoch(bits: Bits128(high: 1, low: 2))
      try device.transaction { () throws(StoreError) in
        try device.setCursor(of: PlantedVisit.visit, epoch: epoch, digest: digest)
      }
    }
    try setCursor(server.logDigest(of: PlantedVisit.visit, at: 4))
    #expect(try PlantedVisit.sentence(check) == nil)
    // The device's own digest is of another order.
    try setCursor(device.logDigest(of: PlantedVisit.visit, at: 2))
    #expect(try PlantedVisit.sentence(check)?.contains("goes with the cursor") ?? false)
    try setCursor(LogDigest(position: 7, hash: Hash256(.log, [])))
    #expect(try PlantedVisit.sentence(check)?.contains("cursor is at 7") ?? false)
  }

  @Test("A log in which something stands before what it builds on is found out")
  func order() throws {
    let swap = "UPDATE batches SET position = position + 50 WHERE position IN (2, 4); "
    let deps = "UPDATE batches SET position = CASE position WHEN 52 THEN 4 ELSE 2 END "
    let found = try PlantedVisit.sentence(after: swap + deps + "WHERE position > 50") {
      try FinalChecks.logOrder(store: $0, visit: PlantedVisit.visit)
    }
    #expect(found?.contains("what it names as seen") ?? false, "\(found ?? "content")")
    let stream = try PlantedVisit.sentence(
      after: "UPDATE batches SET position = 0 WHERE position = 6"
    ) {
      try FinalChecks.logOrder(store: $0, visit: PlantedVisit.visit)
    }
    #expect(stream == nil, "the pages of a log begin at position 1")
    let chain = try PlantedVisit.sentence(
      after: "UPDATE batches SET position = position + 50 WHERE position BETWEEN 2 AND 5"
    ) {
      try FinalChecks.logOrder(store: $0, visit: PlantedVisit.visit)
    }
    #expect(chain?.contains("of its stream") ?? false, "\(chain ?? "content")")
  }

  @Test("A store lacks nothing and holds nothing that nobody sealed")
  func complete() throws {
    let scene = PlantedVisit.scene()
    let store = try scene.store([0, 1, 2, 3, 4])
    func check(_ lines: [[UInt8]]) throws -> String? {
      try PlantedVisit.sentence {
        try FinalChecks.complete(store: store, visit: PlantedVisit.visit, lines: lines)
      }
    }
    #expect(try check(Array(scene.lines.prefix(5))) == nil)
    #expect(try check(Array(scene.lines.prefix(5)) + scene.lines.prefix(2)) == nil)
    #expect(try check(scene.lines)?.contains("lacks batch 2 of replica") ?? false)
    #expect(try check(Array(scene.lines.prefix(4)))?.contains("nobody sealed") ?? false)
  }
}
