import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("Taking bundles in")
struct BundleImportTests {
  /// The server and so many devices that have the visit from a file.
  private static func team(_ count: Int) throws -> (server: Carrier, devices: [Carrier]) {
    let server = try Carrier.server()
    let file = try server.file()
    let devices = try (1...count).map { number in
      let device = try Carrier(number)
      let report = try device.take(file)
      #expect(report.isComplete)
      #expect(report.parts.first?.isNewVisit == true)
      return device
    }
    return (server, devices)
  }

  @Test("A device that judged, imported and judged again has seen the file only in the second")
  func causality() throws {
    let (_, devices) = try Self.team(2)
    try devices[1].judge("A1.2", "not-met")
    let file = try devices[1].file()
    try devices[0].judge("A1.2", "met")
    try devices[0].take(file)
    try devices[0].judge("A1.2", "met")
    try devices[0].seal()
    let own = try devices[0].ownBatches()
    #expect(own.count == 2)
    #expect(!own[0].deps.contains { $0.replica == Names.replica(2) })
    #expect(own[1].deps.contains { $0.replica == Names.replica(2) })
  }

  @Test("Taking the same file in again changes nothing, and says that all of it was known")
  func again() throws {
    let (_, devices) = try Self.team(2)
    for standard in ["A", "B", "C"] { try devices[0].judge(standard, "met") }
    let file = try devices[0].file()
    try devices[1].take(file)
    let before = try devices[1].picture()
    let digest = try devices[1].store.logDigest(of: Names.visit)
    let report = try devices[1].take(file)
    #expect(report.isComplete)
    #expect(report.parts[0].new == 0)
    #expect(report.parts[0].known == 2)
    #expect(try devices[1].picture() == before)
    #expect(try devices[1].store.logDigest(of: Names.visit) == digest)
  }

  @Test("What came by file waits to be sent, whoever wrote it")
  func unsent() throws {
    let (_, devices) = try Self.team(2)
    try devices[0].judge("A", "met")
    try devices[1].take(try devices[0].file())
    let unsent = try devices[1].store.unsent(of: Names.visit)
    #expect(unsent.contains { $0.replica == Names.replica(1) })
  }

  // getodk/central#669, #698.
  @Test("What builds on absent work waits, says for what, and comes in by itself (failure list 16)")
  func waits() throws {
    let (server, devices) = try Self.team(3)
    try devices[0].judge("A", "met")
    let first = try devices[0].ownFile()
    try devices[1].take(first)
    try devices[1].judge("A", "not-met")
    let second = try devices[1].ownFile()
    let early = try devices[2].take(second)
    #expect(early.parts[0].waiting == 1)
    #expect(early.parts[0].needs.map(\.replica) == [Names.replica(1)])
    #expect(early.parts[0].new == 0)
    #expect(try devices[2].store.waiting().map(\.replica) == [Names.replica(2)])
    let late = try devices[2].take(first)
    #expect(late.isComplete)
    #expect(late.parts[0].new == 2)
    #expect(try devices[2].store.waitingCount() == 0)
    try server.take(try devices[1].file())
    #expect(try devices[2].picture() == server.picture())
  }

  // getodk/central#815, #835.
  @Test("A create that arrives after its updates makes them whole (failure list 17)")
  func lateCreate() throws {
    let (_, devices) = try Self.team(2)
    var files: [[UInt8]] = []
    for outcome in ["met", "not-met", "met", "not-applicable"] {
      try devices[0].judge("A", outcome)
      files.append(try devices[0].file(.unsent))
      for entry in try devices[0].store.unsent(of: Names.visit) {
        try devices[0].store.markSent(entry.hash, of: Names.visit)
      }
    }
    for file in files.dropFirst().reversed() {
      let report = try devices[1].take(file)
      #expect(report.parts[0].new == 0)
    }
    #expect(try devices[1].store.waitingCount() == 3)
    #expect(try devices[1].take(files[0]).parts[0].new == 4)
    #expect(try devices[1].picture() == devices[0].picture())
  }

  @Test("A visit that is not here yet may come piece by piece, its founding last")
  func foundingLast() throws {
    let (server, devices) = try Self.team(2)
    try devices[0].judge("A", "met")
    try devices[1].take(try devices[0].ownFile())
    try devices[1].judge("A", "not-met")
    let third = try Carrier(3)
    for file in [try devices[1].ownFile(), try devices[0].ownFile()] {
      let report = try third.take(file)
      #expect(report.parts[0].waiting > 0)
      #expect(try third.store.visits().isEmpty)
    }
    let report = try third.take(try server.file())
    #expect(report.isComplete)
    #expect(report.parts[0].new == 3)
    #expect(try third.picture() == devices[1].picture())
  }

  // opengisch/QField#7479.
  @Test("An outgoing file is never empty while edits exist (failure list 9)")
  func neverEmpty() throws {
    let (_, devices) = try Self.team(1)
    for entry in try devices[0].store.unsent(of: Names.visit) {
      try devices[0].store.markSent(entry.hash, of: Names.visit)
    }
    try devices[0].judge("A", "met")
    for choice: BundleExport.Choice in [.everything, .unsent, .of(Names.person(1))] {
      let contents = try BundleReader.read(try devices[0].file(choice))
      #expect(
        contents.entries.contains {
          guard case .batch(let sealed, _) = $0.item else { return false }
          return (try? Batch(line: sealed.line))?.replica == Names.replica(1)
        }
      )
    }
  }

  @Test("Nothing is taken of a visit that one is not on, and it is said")
  func notOnVisit() throws {
    let server = try Carrier.server(roles: ["lead"])
    let stranger = try Carrier(2)
    let report = try stranger.take(try server.file())
    #expect(report.parts[0].obstacle?.contains("not on this visit") == true)
    #expect(try stranger.store.visits().isEmpty)
    #expect(try stranger.store.waitingCount() == 0)
  }

  @Test("Nothing is believed under another server's identity")
  func foreign() throws {
    let (_, devices) = try Self.team(1)
    try devices[0].judge("A", "met")
    let file = try devices[0].file()
    let store = try OperationStore(.memory, meaning: .assessment)
    let report = try BundleImport(
      identity: Names.key(7).publicKey,
      key: nil,
      person: nil,
      now: 0
    ).take(BundleReader.read(file), into: store)
    #expect(report.closing == .unknownMaker)
    #expect(report.refused.filter { $0.code == .certificate }.count >= 3)
    #expect(report.parts.allSatisfy { $0.new == 0 && $0.waiting == 0 })
    #expect(try store.visits().isEmpty)
    #expect(try store.certificates().isEmpty)
  }

  @Test("A batch whose signature is not its author's is refused with its place; the rest comes in")
  func forgedBatch() throws {
    let (_, devices) = try Self.team(2)
    for standard in ["A", "B"] {
      try devices[0].judge(standard, "met")
      try devices[0].seal()
    }
    let contents = try BundleReader.read(try devices[0].file())
    var writer = try BundleWriter(try #require(contents.header))
    var batches = 0
    for entry in contents.entries {
      guard case .batch(let sealed, let place) = entry.item else {
        try writer.append(entry.item)
        continue
      }
      batches += 1
      let signature = batches == 3 ? try Names.key(4).sign(sealed.hash) : sealed.signature
      try writer.append(.batch(SealedBatch(line: sealed.line, signature: signature), place))
    }
    let report = try devices[1].take(try writer.finish(key: Names.key(1)))
    #expect(report.refused.map(\.code) == [.signature])
    #expect(report.refused.map(\.number) == [2])
    #expect(report.parts[0].new == 1)
    #expect(report.closing == .good)
  }

  @Test("No more wait than may, and what is turned away is told")
  func limit() throws {
    let (_, devices) = try Self.team(2)
    let store = devices[1].store
    try devices[0].judge("A", "met")
    try devices[0].seal()
    try devices[0].judge("B", "met")
    try devices[0].seal()
    let own = try BundleReader.read(try devices[0].ownFile()).entries.compactMap { entry in
      guard case .batch(let sealed, _) = entry.item else { return nil as SealedBatch? }
      return sealed
    }
    let certificate = try Certificate(line: Names.certificate(1, of: 1).line)
    let last = try VerifiedBatch(try #require(own.last)) { _ in certificate }
    try store.transaction { () throws(StoreError) in
      _ = try store.admit(Names.certificate(1, of: 1), identity: Names.identity.publicKey)
      #expect(try store.keepWaiting(last, received: 0))
      #expect(try store.keepWaiting(last, received: 0))
    }
    #expect(try store.waitingCount() == 1)
  }

  @Test("Own work that comes back by file is told: the store was put back to an earlier state")
  func ownReturns() throws {
    let (server, devices) = try Self.team(1)
    try devices[0].judge("A", "met")
    let file = try devices[0].file()
    let restored = try Carrier(1)
    try restored.take(try server.file())
    #expect(try restored.take(file).parts[0].ownReturned == 1)
  }
}
