import Convergence
import SyncProtocol
import Testing

@Suite("Reading bundles")
struct BundleReaderTests {
  private static let visit = Samples.visit

  /// A bundle of a certificate and so many batches, with what is in it.
  private static func bundle(
    _ count: Int,
    padding: Int = 10
  ) throws -> (file: [UInt8], items: [BundleItem]) {
    let key = try Samples.key(1)
    let header = BundleHeader(
      maker: key.publicKey.replicaID,
      clock: Samples.clock,
      parts: [
        BundleHeader.Part(visit: visit, first: 1, last: Int64(count), batches: Int64(count))
      ]
    )
    var items: [BundleItem] = [
      .certificate(try Samples.certificate(1).sealed(by: try Samples.key(0)))
    ]
    for number in 0..<count {
      let text = String(repeating: "\(number % 10)", count: padding)
      let line = try Samples.batchLine(["ops": "[{\"k\":\"later\",\"x\":\"\(text)\(number)\"}]"])
      let sealed = SealedBatch(line: line, signature: try key.sign(Hash256(.batch, line)))
      items.append(.batch(sealed, Frame.Place(position: Int64(number) + 1, received: 5)))
    }
    var writer = try BundleWriter(header)
    for item in items { try writer.append(item) }
    return (try writer.finish(key: key), items)
  }

  @Test("What was written is read, whole, in order and signed", arguments: [0, 1, 40, 4_000])
  func roundTrip(count: Int) throws {
    let (file, items) = try Self.bundle(count, padding: 200)
    let contents = try BundleReader.read(file)
    #expect(contents.problems.isEmpty)
    #expect(contents.entries.map(\.item) == items)
    #expect(contents.header?.parts.first?.batches == Int64(count))
    #expect(contents.closing.verdict(maker: try Samples.key(1).publicKey) == .good)
    #expect(contents.closing.verdict(maker: try Samples.key(2).publicKey) == .forged)
    #expect(contents.closing.verdict(maker: nil) == .unknownMaker)
  }

  @Test("Everything that a bundle can carry comes back")
  func everyItem() throws {
    let line = try Samples.batchLine()
    let sealed = SealedBatch(line: line, signature: try Samples.key(1).sign(Hash256(.batch, line)))
    let items: [BundleItem] = [
      .rescued(sealed, why: "chain"),
      .open(
        BundleItem.OpenOperation(
          visit: Self.visit,
          replica: nil,
          counter: 7,
          operation: .object(["k": .string("later")])
        )
      ), .batch(sealed, nil),
    ]
    var writer = try BundleWriter(BundleHeader(maker: nil, clock: -1, parts: []))
    for item in items { try writer.append(item) }
    let contents = try BundleReader.read(try writer.finish(key: nil))
    #expect(contents.entries.map(\.item) == items)
    #expect(contents.closing == .unsigned)
    #expect(contents.problems.isEmpty)
  }

  @Test("Cut at any byte, what stands before the cut is read, and the cut is told")
  func cutAnywhere() throws {
    let (file, items) = try Self.bundle(12)
    var reached = 0
    for end in 0..<file.count {
      guard let contents = try? BundleReader.read(Array(file[..<end])) else {
        #expect(reached == 0, "something was read of a shorter piece, and nothing of \(end) bytes")
        continue
      }
      #expect(!contents.problems.isEmpty || contents.closing == .missing)
      #expect(contents.entries.map(\.item) == Array(items.prefix(contents.entries.count)))
      #expect(contents.entries.count >= reached)
      reached = contents.entries.count
    }
    #expect(reached == items.count)
  }

  @Test("With any byte changed, nothing is read that was not written, and the change is told")
  func changedAnywhere() throws {
    let (file, items) = try Self.bundle(6)
    let key = try Samples.key(1).publicKey
    for index in file.indices {
      var other = file
      other[index] ^= 0x41
      guard let contents = try? BundleReader.read(other) else { continue }
      let isTold =
        !contents.problems.isEmpty || contents.closing.verdict(maker: key) != .good
        || contents.header?.maker != key.replicaID
      // The time and the system in a member's header say nothing about its bytes.
      #expect(isTold || contents.entries.map(\.item) == items, "byte \(index)")
    }
  }

  @Test("Damage in one member leaves the others, wherever it is")
  func damagedMember() throws {
    let (file, items) = try Self.bundle(4_000, padding: 200)
    let starts = file.indices.filter {
      $0 + 2 < file.count && file[$0] == 0x1F && file[$0 + 1] == 0x8B && file[$0 + 2] == 8
    }
    #expect(starts.count >= 4)
    for start in starts {
      var other = file
      for index in start..<min(start + 64, other.count) { other[index] = 0 }
      let contents = try BundleReader.read(other)
      #expect(!contents.problems.isEmpty)
      #expect(contents.closing == .changed || contents.closing == .missing)
      let found = contents.entries.map(\.item)
      #expect(Set(found).isSubset(of: Set(items)))
      #expect(found.count >= items.count * (starts.count - 2) / starts.count)
    }
  }

  @Test("A file in which nothing of a bundle stands is refused")
  func noBundle() throws {
    #expect(throws: ProtocolError.self) { try BundleReader.read([]) }
    #expect(throws: ProtocolError.self) { try BundleReader.read(Array("hello\n".utf8)) }
    #expect(throws: ProtocolError.self) { try BundleReader.read(Gzip.compress([1, 2, 3])) }
    let magic = [UInt8](repeating: 0, count: 30_000).enumerated()
      .map { ([0x1F, 0x8B, 8] as [UInt8])[$0.offset % 3] }
    #expect(throws: ProtocolError.self) { try BundleReader.read(magic) }
  }

  @Test("More visits than a bundle takes are refused where it is made")
  func tooManyVisits() throws {
    let parts = (0...Limits.bundleVisits).map { number in
      BundleHeader.Part(
        visit: VisitID(bits: Bits128(high: 1, low: UInt64(number))),
        first: 0,
        last: 0,
        batches: 0
      )
    }
    let greatest = Array(parts.dropLast())
    var writer = try BundleWriter(BundleHeader(maker: nil, clock: 0, parts: greatest))
    #expect(try BundleReader.read(writer.finish(key: nil)).header?.parts == greatest)
    #expect(throws: ProtocolError.self) {
      try BundleWriter(BundleHeader(maker: nil, clock: 0, parts: parts))
    }
  }
}
