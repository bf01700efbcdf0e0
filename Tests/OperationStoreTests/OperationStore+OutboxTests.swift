import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("Outbox")
struct OperationStoreOutboxTests {
  private func change(
    _ device: Device,
    _ body: (OperationStore) throws(StoreError) -> Void
  ) throws {
    try device.store.transaction { () throws(StoreError) in try body(device.store) }
  }

  @Test(
    "A batch is unsent until it is marked, and again when it is asked for",
    arguments: StoreKind.allCases
  )
  func sending(kind: StoreKind) throws {
    try kind.withLocation { location in
      let device = try Device(1, location)
      for number in 0..<3 {
        try device.write(Device.title("\(number)"))
        try device.seal()
      }
      let hashes = try device.batches().map(\.hash)
      func unsent() throws -> [Hash256] { try device.store.unsent(of: device.visit).map(\.hash) }
      #expect(try unsent() == hashes)
      try change(device) { store throws(StoreError) in
        try store.markSent(hashes[1], of: device.visit)
        try store.markSent(Hash256.plain([]), of: device.visit)
      }
      #expect(try unsent() == [hashes[0], hashes[2]])
      try change(device) { store throws(StoreError) in
        for hash in hashes { try store.markSent(hash, of: device.visit) }
      }
      #expect(try unsent() == [])
      #expect(try device.store.unsentCounts(of: device.visit) == (0, 0, 0))
      try change(device) { store throws(StoreError) in
        try store.requeue(Names.replica(1), from: 2, of: device.visit)
        try store.requeue(Names.replica(8), from: 1, of: device.visit)
      }
      #expect(try unsent() == Array(hashes.dropFirst()))
    }
  }

  @Test("What came from the other side is not sent back")
  func received() throws {
    let (one, two) = (try Device(1), try Device(2))
    try one.write(Device.title("a"))
    try one.seal()
    try two.admit(try one.batches()[0], isSent: true)
    #expect(try two.picture().unsent == [])
    #expect(try two.store.holds(one.batches()[0].hash, of: two.visit))
    #expect(try two.store.holds(Hash256.plain([]), of: two.visit) == false)
  }

  @Test("A rescued batch leaves the outbox for good, and its bytes are kept once")
  func rescue() throws {
    let device = try Device(1)
    try device.write(Device.title("a"))
    try device.seal()
    let hash = try device.batches()[0].hash
    for _ in 0..<2 {
      try change(device) { store throws(StoreError) in
        try store.rescue(hash, of: device.visit, why: "chain")
      }
    }
    #expect(try device.store.rescuedCount(of: device.visit) == 1)
    try change(device) { store throws(StoreError) in
      try store.requeue(Names.replica(1), from: 1, of: device.visit)
      try store.markSent(hash, of: device.visit)
    }
    #expect(try device.picture().unsent == [])
    #expect(try device.batches().count == 1)
  }
}
