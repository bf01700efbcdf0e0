import Convergence
import Foundation
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("Taking a visit off a device")
struct OperationStoreClosingTests {
  private func markAllSent(_ device: Carrier) throws {
    for entry in try device.store.unsent(of: Names.visit) {
      try device.store.markSent(entry.hash, of: Names.visit)
    }
  }

  @Test("It is refused while anything is open, unsent, waiting or rescued, and nothing is removed")
  func refused() throws {
    let server = try Carrier.server()
    let (device, other) = (try Carrier(1), try Carrier(2))
    try device.take(try server.file())
    try other.take(try server.file())
    try device.judge("A", "met")
    #expect(try obstacles(device).contains(.open(operations: 1)))
    try device.seal()
    #expect(try obstacles(device) == [.unsent(batches: 2, operations: 8)])
    #expect(throws: StoreError.self) {
      try device.store.removeCopies(of: Names.visit, now: 1)
    }
    try markAllSent(device)
    #expect(try obstacles(device).isEmpty)
    try other.judge("A", "met")
    try other.seal()
    try other.judge("B", "met")
    let late = try other.file(.unsent)
    let contents = try BundleReader.read(late)
    var writer = try BundleWriter(BundleHeader(maker: nil, clock: 0, parts: []))
    for entry in contents.entries {
      if case .batch(let sealed, _) = entry.item, try Batch(line: sealed.line).number == 1 {
        continue
      }
      try writer.append(entry.item)
    }
    try device.take(try writer.finish(key: nil))
    #expect(try obstacles(device) == [.waiting(batches: 1)])
    try device.take(late)
    try markAllSent(device)
    #expect(try obstacles(device).isEmpty)
    let hash = try #require(try device.store.entries(of: Names.visit, after: 0).entries.last?.hash)
    try device.store.rescue(hash, of: Names.visit, why: "chain")
    #expect(try obstacles(device) == [.rescued(batches: 1)])
    #expect(throws: StoreError.self) {
      try device.store.removeCopies(of: Names.visit, now: 1)
    }
    #expect(try device.store.visits() == [Names.visit])
  }

  private func obstacles(_ device: Carrier) throws -> [OperationStore.ClosingObstacle] {
    try device.store.closingObstacles(of: Names.visit)
  }

  @Test("Closed, it is gone from the file too; fetched again, all is as it was")
  func goneAndBack() throws {
    try withFolder { folder in
      let path = folder.appendingPathComponent("store.sqlite").path
      let server = try Carrier.server()
      let device = try Carrier(1, at: .file(path))
      try device.take(try server.file())
      try device.judge("A", "met")
      let file = try device.file()
      try server.take(file)
      try markAllSent(device)
      let before = try device.picture()
      let removed = try device.store.removeCopies(of: Names.visit, now: 77)
      #expect(removed == 2)
      #expect(try device.store.visits().isEmpty)
      #expect(try device.store.closingTime(of: Names.visit) == 77)
      let line = Array("\"visit\":\"\(Names.visit)\"".utf8)
      for name in ["store.sqlite", "store.sqlite-wal"] {
        let bytes = (try? Data(contentsOf: folder.appendingPathComponent(name))).map { Array($0) }
        #expect(!Self.contains(bytes ?? [], line), "\(name) still holds a batch")
      }
      try device.take(try server.file())
      #expect(try device.picture() == before)
      try device.judge("A", "not-met")
      try device.seal()
      #expect(try device.ownBatches().map(\.number) == [1, 2])
    }
  }

  @Test("Until its own stream is back, the device does not write under a name twice")
  func writesOnlyBehindItself() throws {
    let server = try Carrier.server()
    let device = try Carrier(1)
    let founding = try server.file()
    try device.take(founding)
    try device.judge("A", "met")
    try server.take(try device.file())
    try markAllSent(device)
    _ = try device.store.removeCopies(of: Names.visit, now: 1)
    try device.take(founding)
    let error = #expect(throws: StoreError.self) { try device.judge("A", "met") }
    #expect(error?.code == .refused)
    try device.take(try server.file())
    #expect(try device.judge("A", "met").counter == 2)
  }

  private static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard bytes.count >= part.count else { return false }
    for start in 0...bytes.count - part.count where bytes[start] == part[0] {
      if bytes[start..<start + part.count].elementsEqual(part) { return true }
    }
    return false
  }
}
