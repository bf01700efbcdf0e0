import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("Marking what another store lacks")
struct OperationStoreReconcilingTests {
  private static let epoch = Epoch(bits: Bits128(high: 3, low: 4))

  /// A device that holds three own batches and two of another, all sent.
  private func device(_ location: OperationStore.Location = .memory) throws -> Device {
    let (device, other) = (try Device(1, location), try Device(2))
    for text in ["a", "b", "c"] {
      try device.write(Device.title(text))
      try device.seal()
    }
    for text in ["d", "e"] {
      try other.write(Device.title(text))
      try other.seal()
    }
    try device.pull(from: other)
    try device.store.transaction { () throws(StoreError) in
      for entry in try device.store.entries(of: device.visit, after: 0).entries {
        try device.store.markSent(entry.hash, of: device.visit)
      }
    }
    return device
  }

  private func reconcile(_ device: Device, with ends: [StreamEnd]) throws -> Int {
    try device.store.transaction { () throws(StoreError) in
      try device.store.reconcile(device.visit, with: ends, epoch: Self.epoch)
    }
  }

  private func unsent(_ device: Device) throws -> [String] {
    try device.store.unsent(of: device.visit).map {
      "\($0.replica == Names.replica(1) ? 1 : 2).\($0.number)"
    }
  }

  /// The end of a stream after some batch of it.
  private func end(_ device: Device, _ replica: Int, _ number: Int64) throws -> StreamEnd {
    let entry = try #require(
      try device.store.entries(of: device.visit, after: 0).entries.first {
        $0.replica == Names.replica(replica) && $0.number == number
      }
    )
    return StreamEnd(
      stream: StreamID(replica: entry.replica),
      number: number,
      lastCounter: number,
      hash: entry.hash
    )
  }

  @Test("The ends of all streams are the last batches, sorted")
  func ends() throws {
    let device = try device()
    let expected = [try end(device, 1, 3), try end(device, 2, 2)].sorted()
    #expect(try device.store.streamEnds(of: device.visit) == expected)
  }

  @Test(
    "For every k, a server that holds k batches of one stream is sent the rest, others' included",
    arguments: StoreKind.allCases
  )
  func everyLength(kind: StoreKind) throws {
    try kind.withLocation { location in
      let device = try device(location)
      for k in 0...3 {
        let ends = k == 0 ? [] : [try end(device, 1, Int64(k))]
        let lacking = try reconcile(device, with: ends)
        let expected = (k..<3).map { "1.\($0 + 1)" } + ["2.1", "2.2"]
        #expect(try unsent(device) == expected, "k = \(k)")
        #expect(lacking == expected.count)
      }
      print("lengths from 0 to 3")
    }
  }

  @Test("What the server holds counts as sent, although nothing of it was marked before")
  func unmarked() throws {
    let device = try device()
    #expect(try reconcile(device, with: []) == 5)
    #expect(try reconcile(device, with: [try end(device, 1, 3), try end(device, 2, 2)]) == 0)
    #expect(try device.store.sentCount(of: device.visit) == 5)
  }

  @Test("An end that is not held here says nothing")
  func unknownEnd() throws {
    let device = try device()
    let known = try end(device, 1, 2)
    let strange = StreamEnd(
      stream: known.stream,
      number: 2,
      lastCounter: 2,
      hash: Hash256.plain([9])
    )
    let nobody = StreamEnd(
      stream: StreamID(replica: ReplicaID(bits: .zero)),
      number: 1,
      lastCounter: 1,
      hash: known.hash
    )
    #expect(try reconcile(device, with: [strange, nobody]) == 5)
    #expect(try !device.store.holds(strange, of: device.visit))
    #expect(try device.store.holds(known, of: device.visit))
  }

  @Test("The log of the other side is read from the start of its history")
  func cursor() throws {
    let device = try device()
    _ = try reconcile(device, with: [])
    let cursor = try #require(try device.store.cursor(of: device.visit))
    #expect(cursor.cursor == Cursor(epoch: Self.epoch, position: 0))
    #expect(cursor.digest == LogDigest(emptyLogOf: device.visit))
  }

  @Test("A refused batch stays in rescue")
  func rescued() throws {
    let device = try device()
    let hash = try end(device, 1, 3).hash
    try device.store.transaction { () throws(StoreError) in
      try device.store.rescue(hash, of: device.visit, why: "chain")
    }
    #expect(try reconcile(device, with: []) == 4)
    #expect(try !unsent(device).contains("1.3"))
  }

  @Test("Of two branches exactly the one that the other side lacks is sent, from where they part")
  func branches() throws {
    // A copied store: both halves share the first batch and go on apart.
    let (one, two, reader) = (try Device(1), try Device(1), try Device(3))
    for half in [one, two] {
      try half.write(Device.title("shared"))
      try half.seal()
    }
    for (half, texts) in [(one, ["a", "b"]), (two, ["c"])] {
      for text in texts {
        try half.write(Device.title(text))
        try half.seal()
      }
    }
    try reader.pull(from: one)
    for sealed in try two.batches() { try reader.admit(sealed) }
    let ends = try reader.store.streamEnds(of: reader.visit)
    let branches = try [one, two].map { try #require(try $0.batches().last?.hash) }
    #expect(Set(ends.map(\.hash)).isSuperset(of: branches))
    func unsent() throws -> [Hash256] {
      try reader.store.unsent(of: reader.visit).map(\.hash)
    }
    let first = ends.filter { $0.hash == branches[0] }
    _ = try reconcile(reader, with: first)
    #expect(try unsent() == [branches[1]])
    let second = ends.filter { $0.hash == branches[1] }
    _ = try reconcile(reader, with: second)
    #expect(try unsent() == one.batches().dropFirst().map(\.hash))
    _ = try reconcile(reader, with: ends)
    #expect(try unsent() == [])
  }
}
