import AssessmentModel
import Convergence
import Hummingbird
import HummingbirdTesting
import OperationStore
import SyncProtocol
import SyncServer
import SyncServerHTTP
import Testing

@Suite("The calls of the protocol over HTTP")
struct FieldbookRoutesProtocolTests {
  private func store(of bench: HTTPBench, after frames: [Frame]) throws -> OperationStore {
    let store = try OperationStore(.memory, meaning: .assessment)
    guard case .enrolled(let enrolled) = frames[0] else { return store }
    try store.transaction { () throws(StoreError) in
      for case .certificate(let sealed) in frames {
        _ = try store.admit(sealed, identity: enrolled.identity)
      }
      try store.setOwnReplica(bench.key.publicKey.replicaID)
    }
    return store
  }

  /// A batch of Anna's that builds on nothing.
  private func batch(of bench: HTTPBench) throws -> SealedBatch {
    let line = JSONLine.object([
      ("v", .int(1)), ("visit", .string(bench.visit.text)),
      ("replica", .string(bench.key.publicKey.replicaID.text)), ("b", .int(1)), ("n", .int(1)),
      ("t", .int(0)),
      (
        "ops",
        .list([
          .object([
            "at": .string("visit"), "f": .string("interest"), "k": .string("set"),
            "s": .string(PersonID(bits: Bits128(high: 1, low: 1)).text),
            "v": .object(["declares": .string("none")]),
          ])
        ])
      ),
    ])
    return SealedBatch(line: line, signature: try bench.key.sign(Hash256(.batch, line)))
  }

  @Test("A code is traded for certificates", arguments: Way.allCases)
  func enrol(_ way: Way) async throws {
    let bench = try await HTTPBench()
    let request = try EnrolRequest(code: bench.code, key: bench.key, deviceName: "Tablet")
    try await bench.test(way) { client in
      let answer = try await client.execute(
        uri: "/v1/enrol",
        method: .post,
        body: ByteBuffer(bytes: request.body)
      )
      #expect(answer.status == .ok)
      #expect(answer.header("Content-Type") == "application/x-ndjson")
      let frames = try answer.frames()
      #expect(frames.count == 4)
      guard case .enrolled(let enrolled) = frames[0] else {
        Issue.record("the first frame is not `enrolled`")
        return
      }
      #expect(enrolled.name == "Anna Rowe")
      #expect(enrolled.identity.fingerprint == bench.code.fingerprint)
    }
  }

  @Test("An enrolment with a wrong code, or none that reads, is refused", arguments: Way.allCases)
  func badEnrolment(_ way: Way) async throws {
    let bench = try await HTTPBench()
    let wrong = try #require(
      EnrolmentCode(secret: Array(repeating: 9, count: 10), fingerprint: bench.code.fingerprint)
    )
    let request = try EnrolRequest(code: wrong, key: bench.key, deviceName: "Tablet")
    try await bench.test(way) { client in
      for (body, code) in [(request.body, Problem.Code.code), ([1, 2], .malformed)] {
        let answer = try await client.execute(
          uri: "/v1/enrol",
          method: .post,
          body: ByteBuffer(bytes: body)
        )
        #expect(answer.status.code == code.status)
        #expect(answer.problem?.code == code)
      }
    }
  }

  @Test("Hello, push, log and sync give complete answers", arguments: Way.allCases)
  func calls(_ way: Way) async throws {
    let bench = try await HTTPBench()
    let batch = try batch(of: bench)
    let hello = Hello(
      client: "test",
      model: 1,
      clock: HTTPBench.now,
      held: nil,
      proposed: Bits128(high: 1, low: 1),
      visits: [Hello.Progress(visit: bench.visit, cursor: nil, digest: nil)]
    )
    try await bench.test(way) { client in
      try await bench.enrol(client)
      let greeted = try await bench.proved(
        .post,
        "/v1/hello",
        body: Frame.body([.hello(hello.value)]),
        by: client
      ).frames()
      #expect(greeted.count == 4)

      let pushed = try await bench.proved(
        .post,
        "/v1/push",
        body: Frame.body([.batch(batch, nil), .end]),
        by: client
      ).frames()
      guard case .result(let result) = pushed.first else {
        Issue.record("a push is answered with results")
        return
      }
      #expect(result.outcome == .ok(position: 2))

      let target = "/v1/visits/\(bench.visit)/log"
      let log = try await bench.proved(.get, target, by: client).frames()
      // Who reads from the start is sent the own batches whole, too.
      #expect(log.contains(.batch(batch, .init(position: 2, received: HTTPBench.now))))
      let one = try await bench.proved(.get, target + "?limit=1", by: client).frames()
      guard case .page(let page) = one.first(where: { if case .page = $0 { true } else { false } })
      else {
        Issue.record("a page is closed by `page`")
        return
      }
      #expect(page.hasMore && page.digest.position == 1)

      let synced = try await bench.proved(
        .post,
        "/v1/sync",
        body: Frame.body([.hello(hello.value), .batch(batch, nil), .end]),
        by: client
      ).frames()
      #expect(
        synced.contains(.result(BatchResult(try Batch(line: batch.line), .duplicate(position: 2))))
      )
      #expect(synced.last == .end)
    }
  }

  @Test(
    "Streams are compared over HTTP, and a body that was cut is refused",
    arguments: Way.allCases
  )
  func reconcile(_ way: Way) async throws {
    let bench = try await HTTPBench()
    let batch = try batch(of: bench)
    let end = StreamEnd(
      stream: StreamID(replica: bench.key.publicKey.replicaID),
      number: 1,
      lastCounter: 1,
      hash: batch.hash
    )
    let frames: [Frame] = [.streams(StreamList(visit: bench.visit, ends: [end])), .end]
    try await bench.test(way) { client in
      try await bench.enrol(client)
      let before = try await bench.proved(
        .post,
        "/v1/reconcile",
        body: Frame.body(frames),
        by: client
      ).frames()
      #expect(before.contains(.held(HeldStreams(visit: bench.visit, places: []))))
      #expect(before.last == .end)
      _ = try await bench.proved(
        .post,
        "/v1/push",
        body: Frame.body([.batch(batch, nil), .end]),
        by: client
      )
      let after = try await bench.proved(
        .post,
        "/v1/reconcile",
        body: Frame.body(frames),
        by: client
      ).frames()
      #expect(after.contains(.held(HeldStreams(visit: bench.visit, places: [0]))))
      let cut = try await bench.proved(
        .post,
        "/v1/reconcile",
        body: Frame.body(frames.dropLast()),
        by: client
      )
      #expect(cut.status == .badRequest)
      let unproved = try await client.execute(uri: "/v1/reconcile", method: .post)
      #expect(unproved.status == .unauthorized)
    }
  }

  @Test("Queries that do not read are refused, and other visits are not told of")
  func badQueries() async throws {
    let bench = try await HTTPBench()
    let nowhere = VisitID(bits: Bits128(high: 8, low: 8))
    try await bench.test(.router) { client in
      try await bench.enrol(client)
      for (target, code) in [
        ("/v1/visits/\(bench.visit)/log?after=x", Problem.Code.malformed),
        ("/v1/visits/\(bench.visit)/log?limit=0", .malformed),
        ("/v1/visits/\(bench.visit)/log?limit=many", .malformed),
        ("/v1/visits/\(bench.visit)/log?after=\(Epoch(bits: .zero)).0", .epoch),
        ("/v1/visits/xyz/log", .unknown),
        ("/v1/visits/\(nowhere)/log", .notOnVisit),
      ] {
        let answer = try await bench.proved(.get, target, by: client)
        #expect(answer.problem?.code == code, "\(target)")
      }
    }
  }

  @Test("The list of visits is not sent again to who has it", arguments: Way.allCases)
  func visits(_ way: Way) async throws {
    let bench = try await HTTPBench()
    try await bench.test(way) { client in
      try await bench.enrol(client)
      let first = try await bench.proved(.get, "/v1/visits", by: client)
      #expect(first.header("Content-Type") == "application/json")
      #expect(try VisitSummary.visits(body: first.bytes).map(\.title) == ["Riverside"])
      let tag = try #require(first.header("ETag"))
      let second = try await bench.proved(
        .get,
        "/v1/visits",
        headers: [.ifNoneMatch: tag],
        by: client
      )
      #expect(second.status == .notModified)
      #expect(second.bytes.isEmpty)
      #expect(second.header("Fieldbook") == "1")
      let other = try await bench.proved(
        .get,
        "/v1/visits",
        headers: [.ifNoneMatch: "\"other\""],
        by: client
      )
      #expect(other.status == .ok)
    }
  }

  @Test("A framework is the bytes themselves, for ever", arguments: Way.allCases)
  func framework(_ way: Way) async throws {
    let bench = try await HTTPBench()
    try await bench.test(way) { client in
      let answer = try await client.executeRequest(
        uri: "/v1/frameworks/standards/first",
        method: .get,
        headers: [:],
        body: nil
      )
      #expect(answer.bytes == HTTPBench.framework)
      #expect(answer.header("Cache-Control")?.contains("immutable") == true)
      let unknown = try await client.executeRequest(
        uri: "/v1/frameworks/standards/second",
        method: .get,
        headers: [:],
        body: nil
      )
      #expect(unknown.problem?.code == .unknown)
    }
  }

  @Test(
    "A proof holds for its own method, target and body, with a fresh nonce",
    arguments: Way.allCases
  )
  func proofs(_ way: Way) async throws {
    let bench = try await HTTPBench()
    let nonces = bench.server.nonces
    try await bench.test(way) { client in
      try await bench.enrol(client)
      func send(_ target: String, _ body: [UInt8], as proof: RequestProof) async throws -> Problem?
      {
        try await client.executeRequest(
          uri: target,
          method: .post,
          headers: [.authorization: proof.description],
          body: ByteBuffer(bytes: body)
        ).problem
      }
      let body = Frame.body([.end])
      let good = try RequestProof(
        method: "POST",
        target: "/v1/push",
        body: body,
        nonce: nonces.make(at: HTTPBench.now),
        key: bench.key
      )
      #expect(try await send("/v1/push", body, as: good) == nil)
      #expect(try await send("/v1/push?x=1", body, as: good)?.code == .credential)
      #expect(try await send("/v1/sync", body, as: good)?.code == .credential)
      #expect(try await send("/v1/push", body + [10], as: good)?.code == .credential)
      let old = try RequestProof(
        method: "POST",
        target: "/v1/push",
        body: body,
        nonce: nonces.make(at: HTTPBench.now - 7_200_000),
        key: bench.key
      )
      #expect(try await send("/v1/push", body, as: old)?.code == .nonce)
    }
  }

  @Test("A refused nonce comes with one that is good")
  func newNonce() async throws {
    let bench = try await HTTPBench()
    try await bench.test(.live) { client in
      try await bench.enrol(client)
      let refused = try await bench.proved(.get, "/v1/visits", nonce: "old", by: client)
      #expect(refused.status == .unauthorized)
      #expect(refused.problem?.code == .nonce)
      let nonce = try #require(refused.header("Fieldbook-Nonce"))
      let answer = try await bench.proved(.get, "/v1/visits", nonce: nonce, by: client)
      #expect(answer.status == .ok)
    }
  }

  @Test("An answer is compressed for whoever takes that, if it is worth it")
  func compressedAnswers() async throws {
    let bench = try await HTTPBench()
    try await bench.test(.router) { client in
      try await bench.enrol(client)
      let target = "/v1/visits/\(bench.visit)/log"
      let plain = try await bench.proved(.get, target, by: client)
      #expect(!plain.headers.contains(.contentEncoding))
      for coding in ["gzip", "br, GZIP;q=0.5"] {
        let answer = try await bench.proved(
          .get,
          target,
          headers: [.acceptEncoding: coding],
          by: client
        )
        #expect(answer.headers[.contentEncoding] == "gzip")
        #expect(answer.headers[.vary] == "Accept-Encoding")
        #expect(answer.bytes.count < plain.bytes.count)
        let frames = try FrameReader.frames(
          of: try Gzip.inflate(answer.bytes, atMost: Limits.bodyBytes)
        ).frames
        #expect(try frames == plain.frames())
      }
      let short = try await bench.proved(
        .post,
        "/v1/push",
        body: Frame.body([.end]),
        headers: [.acceptEncoding: "gzip"],
        by: client
      )
      #expect(!short.headers.contains(.contentEncoding))
      let refused = try await bench.proved(
        .get,
        target,
        headers: [.acceptEncoding: "gzip;q=0, br"],
        by: client
      )
      #expect(!refused.headers.contains(.contentEncoding))
    }
  }
}
