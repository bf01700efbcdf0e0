import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("Pushing and reading a log")
struct ServiceLogTests {
  private let bench: ServerBench
  private let anna: Device
  private let ben: Device
  private let stranger: Device
  private let visit: VisitID

  init() throws {
    bench = try ServerBench()
    let people = try [
      bench.person("Anna", 1), bench.person("Ben", 2), bench.person("Cy", 3),
    ]
    anna = try bench.device(of: people[0], 11)
    ben = try bench.device(of: people[1], 12)
    stranger = try bench.device(of: people[2], 13)
    visit = try bench.visit(members: [(people[0], .lead), (people[1], .peer)])
    try bench.pull(visit, to: anna)
    try bench.pull(visit, to: ben)
  }

  private func page(
    for device: Device,
    after cursor: Cursor? = nil,
    count: Int = Limits.pageBatches,
    bytes: Int = Limits.pageBytes
  ) throws -> [Frame] {
    try bench.service.page(
      of: visit,
      after: cursor,
      for: device.caller,
      count: count,
      bytes: bytes,
      store: bench.store
    )
  }

  private func page(in frames: [Frame]) throws -> Page {
    let pages = frames.compactMap { frame -> Page? in
      guard case .page(let page) = frame else { return nil }
      return page
    }
    return try #require(pages.first)
  }

  // MARK: Pushing

  @Test("What follows on is ok, and sent again it is a duplicate at the same position")
  func okAndDuplicate() throws {
    let first = try anna.write("a", in: visit)
    let second = try anna.write("b", in: visit)
    let results = try bench.push([first, second], from: anna)
    #expect(results.map(\.outcome) == [.ok(position: 2), .ok(position: 3)])
    let again = try bench.push([second, first], from: anna)
    #expect(again.map(\.outcome) == [.duplicate(position: 3), .duplicate(position: 2)])
  }

  @Test("A batch whose predecessor is missing names the number that is wanted")
  func gap() throws {
    _ = try anna.write("a", in: visit)
    let second = try anna.write("b", in: visit)
    #expect(try bench.push([second], from: anna).map(\.outcome) == [.gap(next: 1)])
  }

  @Test("A batch that builds on what is not held names what is missing")
  func missing() throws {
    let annas = try anna.write("a", in: visit)
    try ben.take([.certificate(anna.certificate), annas], of: visit, identity: identity)
    let bens = try ben.write("b", in: visit)
    let sealed = try #require(annas.sealed)
    let wanted = Dependency(
      replica: anna.caller.replica,
      lastCounter: 1,
      hashPrefix: sealed.hash.prefix
    )
    #expect(try bench.push([bens], from: ben).map(\.outcome) == [.missing([wanted])])
    // A device brings the others' batches too, and then its own.
    #expect(try bench.codes([annas, bens], from: ben) == ["ok", "ok"])
  }

  @Test("Another batch of the same number is admitted as a branch")
  func fork() throws {
    let copy = try bench.device(of: anna.person, 14)
    try bench.pull(visit, to: copy)
    let first = try anna.write("a", in: visit)
    // The same key in a second store: a device that was copied.
    let twin = try Device(
      key: anna.key,
      answer: [.certificate(anna.certificate), .certificate(try authorityCertificate())],
      identity: identity
    )
    try bench.pull(visit, to: twin)
    let other = try twin.write("b", in: visit)
    #expect(try bench.codes([first, other], from: anna) == ["ok", "fork"])
  }

  @Test("What a removed member wrote after the cut is held, and does not block")
  func held() throws {
    #expect(try bench.codes([try ben.write("a", in: visit)], from: ben) == ["ok"])
    try bench.remove(ben.person, from: visit)
    #expect(try bench.codes([try ben.write("b", in: visit)], from: ben) == ["held"])
  }

  @Test("A batch of a visit that nobody knows is bad, and the others of the push stand")
  func unknownVisit() throws {
    let other = VisitID(bits: Bits128(high: 99, low: 99))
    try anna.store.transaction { () throws(StoreError) in try anna.store.addVisit(other) }
    let key = anna.key
    let line = JSONLine.object([
      ("v", .int(1)), ("visit", .string(other.text)),
      ("replica", .string(anna.caller.replica.text)), ("b", .int(1)), ("n", .int(1)),
      ("t", .int(0)), ("ops", .list([.object(["k": .string("set")])])),
    ])
    let stray = SealedBatch(line: line, signature: try key.sign(Hash256(.batch, line)))
    let frames = [Frame.batch(stray, nil), try anna.write("a", in: visit)]
    #expect(try bench.codes(frames, from: anna) == ["not-on-visit", "ok"])
  }

  @Test("Bytes that do not read, a wrong signature and an uncertified replica are bad")
  func bad() throws {
    let good = try #require(try anna.write("a", in: visit).sealed)
    let swapped = try #require(try ben.write("b", in: visit).sealed)
    let torn = SealedBatch(line: Array(good.line.dropLast()), signature: good.signature)
    let forged = SealedBatch(line: good.line, signature: swapped.signature)
    let long = SealedBatch(
      line: Array(repeating: UInt8(ascii: " "), count: Limits.batchLineBytes + 1),
      signature: good.signature
    )
    let nobody = try #require(SigningKey(seed: Array(repeating: 77, count: 32)))
    let line = Array(
      String(decoding: good.line, as: UTF8.self)
        .replacing(anna.caller.replica.text, with: nobody.publicKey.replicaID.text).utf8
    )
    let unknown = SealedBatch(line: line, signature: try nobody.sign(Hash256(.batch, line)))
    let frames = [torn, forged, long, unknown].map { Frame.batch($0, nil) }
    #expect(
      try bench.codes(frames, from: anna)
        == ["bad/malformed", "bad/signature", "bad/too-large", "bad/certificate"]
    )
    #expect(try bench.store.logDigest(of: visit).position == 1)
  }

  @Test("Batches of a visit of others are answered as a stranger's, and the rest is stored")
  func notOnVisit() throws {
    let people = try [bench.person("Dee", 4)]
    let other = try bench.visit(2, members: [(people[0], .lead), (anna.person, .peer)])
    try bench.pull(other, to: anna)
    let good = try ben.write("b", in: visit)
    let foreign = try anna.write("a", in: other)
    #expect(try bench.codes([good, foreign], from: ben) == ["ok", "not-on-visit"])
    #expect(try bench.store.logDigest(of: visit).position == 2)
    #expect(try bench.store.logDigest(of: other).position == 1)
  }

  // MARK: Reading

  @Test("Who reads from the start is sent its own batches whole: it may have closed the visit")
  func ownFromTheStart() throws {
    _ = try bench.push([try anna.write("a", in: visit)], from: anna)
    #expect(try page(for: anna).map(\.kind).contains("own") == false)
  }

  @Test("A page holds certificates before first batches, own batches by hash, page and head")
  func page() throws {
    let annas = try anna.write("a", in: visit)
    _ = try bench.push([annas, try ben.write("b", in: visit)], from: anna)
    let frames = try page(for: anna, after: Cursor(epoch: bench.epoch, position: 0))
    #expect(
      frames.map(\.kind)
        == [
          "certificate", "batch", "certificate", "own", "certificate", "batch", "page", "head",
        ]
    )
    let sealed = try #require(annas.sealed)
    let place = Frame.Place(position: 2, received: ServerBench.now)
    #expect(frames[3] == .own(sealed.hash, place))
    #expect(try page(in: frames).digest == bench.store.logDigest(of: visit))
    guard case .head(let line, let signature) = frames[7] else { return }
    #expect(try bench.authority().publicKey.verifies(signature, of: Hash256(.head, line)))
    #expect(try Head(line: line).digest == bench.store.logDigest(of: visit))
  }

  @Test("Pages of any size join to the whole log with its digest", arguments: [1, 2, 3, 100])
  func paging(_ size: Int) throws {
    for text in ["a", "b", "c", "d"] {
      _ = try bench.push([try ben.write(text, in: visit)], from: ben)
    }
    var cursor: Cursor?
    var positions: [Int64] = []
    var digest = LogDigest(emptyLogOf: visit)
    var hasMore = true
    while hasMore {
      let frames = try page(for: anna, after: cursor, count: size)
      for case .batch(let sealed, let place) in frames {
        positions.append(try #require(place).position)
        digest.append(sealed.hash)
      }
      let end = try page(in: frames)
      #expect(end.digest == digest)
      cursor = Cursor(epoch: bench.epoch, position: end.digest.position)
      hasMore = end.hasMore
    }
    #expect(positions == [1, 2, 3, 4, 5])
    #expect(digest == (try bench.store.logDigest(of: visit)))
  }

  @Test("One batch is sent however small the page is to be")
  func smallPage() throws {
    let frames = try page(for: anna, bytes: 0)
    #expect(frames.count { $0.kind == "batch" } == 1)
  }

  @Test("A cursor of another history is refused as such")
  func otherEpoch() throws {
    let cursor = Cursor(epoch: Epoch(bits: .zero), position: 0)
    let problem = #expect(throws: Problem.self) { try page(for: anna, after: cursor) }
    #expect(problem?.code == .epoch)
  }

  @Test("A cursor beyond the end shows the signed head and no batch")
  func beyondTheEnd() throws {
    let cursor = Cursor(epoch: bench.epoch, position: 50)
    let frames = try page(for: anna, after: cursor)
    #expect(frames.map(\.kind) == ["page", "head"])
    #expect(try page(in: frames).digest.position == 1)
  }

  @Test("Strangers and removed members read nothing, and a visit that is not looks the same")
  func refusals() throws {
    let nowhere = VisitID(bits: Bits128(high: 98, low: 98))
    try bench.remove(ben.person, from: visit)
    var codes: [Problem.Code?] = []
    for (device, visit) in [(stranger, visit), (ben, visit), (anna, nowhere)] {
      let problem = #expect(throws: Problem.self) {
        try bench.service.page(of: visit, after: nil, for: device.caller, store: bench.store)
      }
      codes.append(problem?.code)
    }
    #expect(codes == [.notOnVisit, .notOnVisit, .notOnVisit])
  }

  private var identity: PublicKey { bench.keys.identity.publicKey }

  private func authorityCertificate() throws -> SealedCertificate {
    try #require(
      try bench.store.sealedCertificate(of: bench.authority().publicKey.replicaID)
    )
  }
}
