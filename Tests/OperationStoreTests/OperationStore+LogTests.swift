import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("Logs")
struct OperationStoreLogTests {
  private func device(
    _ location: OperationStore.Location = .memory,
    batches: Int
  ) throws -> Device {
    let device = try Device(1, location)
    for number in 0..<batches {
      try device.write(Device.title("\(number)"))
      try device.seal()
    }
    return device
  }

  @Test("The digest at each position is that of section 7.2", arguments: StoreKind.allCases)
  func digests(kind: StoreKind) throws {
    try kind.withLocation { location in
      let device = try device(location, batches: 5)
      var digest = LogDigest(emptyLogOf: device.visit)
      #expect(try device.store.logDigest(of: device.visit, at: 0) == digest)
      for sealed in try device.batches() {
        digest.append(sealed.hash)
        #expect(try device.store.logDigest(of: device.visit, at: digest.position) == digest)
      }
      #expect(try device.store.logDigest(of: device.visit) == digest)
      for beyond in [-1, 6, Int64.max] {
        let error = #expect(throws: StoreError.self) {
          try device.store.logDigest(of: device.visit, at: beyond)
        }
        #expect(error?.code == .refused)
      }
    }
  }

  @Test("Pages follow one another to the end, whatever their size", arguments: StoreKind.allCases)
  func pages(kind: StoreKind) throws {
    try kind.withLocation { location in
      let device = try device(location, batches: 7)
      let all = try device.batches()
      let longest = try #require(all.map(\.line.count).max())
      for (count, bytes) in [(1, .max), (3, .max), (7, .max), (8, .max), (9, 1), (9, longest * 2)] {
        var position: Int64 = 0
        var found: [SealedBatch] = []
        while true {
          let page = try device.store.entries(
            of: device.visit,
            after: position,
            count: count,
            bytes: bytes
          )
          #expect(page.entries.count <= count)
          #expect(
            page.entries.count == 1 || page.entries.reduce(0) { $0 + $1.sealed.line.count } <= bytes
          )
          #expect(
            page.entries.map(\.position) == page.entries.indices.map { position + Int64($0) + 1 }
          )
          found += page.entries.map(\.sealed)
          position += Int64(page.entries.count)
          guard page.hasMore else { break }
        }
        #expect(found == all)
      }
      #expect(try device.store.entries(of: device.visit, after: 7).entries.isEmpty)
      #expect(try device.store.entries(of: device.visit, after: 7).hasMore == false)
      let entry = try #require(try device.store.entries(of: device.visit, after: 6).entries.first)
      #expect(entry.replica == Names.replica(1))
      #expect(entry.number == 7)
      #expect(entry.hash == entry.sealed.hash)
      #expect(entry.received == Names.clock)
    }
  }

  @Test("Visits are listed in order, added once", arguments: StoreKind.allCases)
  func visits(kind: StoreKind) throws {
    try kind.withLocation { location in
      let store = try OperationStore(location, meaning: .inertTitles)
      let visits = (0..<300).map {
        VisitID(bits: Hash256.plain([UInt8($0 % 256), UInt8($0 / 256)]).prefix)
      }
      for visit in visits + visits.prefix(3) {
        try store.transaction { () throws(StoreError) in try store.addVisit(visit) }
      }
      #expect(try store.visits() == visits.sorted())
      // More than are kept at hand.
      for visit in visits {
        #expect(try store.logDigest(of: visit) == LogDigest(emptyLogOf: visit))
      }
    }
  }

  @Test("A cursor is kept with its epoch", arguments: StoreKind.allCases)
  func cursor(kind: StoreKind) throws {
    try kind.withLocation { location in
      let device = try device(location, batches: 2)
      #expect(try device.store.cursor(of: device.visit) == nil)
      let epoch = Epoch(bits: Bits128(high: 1, low: 2))
      let digest = LogDigest(position: 9, hash: Hash256.plain([9]))
      try device.store.transaction { () throws(StoreError) in
        try device.store.setCursor(of: device.visit, epoch: epoch, digest: digest)
      }
      let found = try #require(try device.store.cursor(of: device.visit))
      #expect(found.cursor == Cursor(epoch: epoch, position: 9))
      #expect(found.digest == digest)
    }
  }
}
