import Hummingbird
import HummingbirdTesting
import SyncProtocol
import SyncServerHTTP
import Testing

@Suite("The bodies of requests")
struct RequestBodyReaderTests {
  @Test("A body beyond the bound is refused with the bound", arguments: Way.allCases)
  func tooLarge(_ way: Way) async throws {
    var settings = HTTPSettings()
    settings.bodyBytes = 1_000
    let bench = try await HTTPBench(settings: settings)
    try await bench.test(way) { client in
      try await bench.enrol(client)
      let line = Array(Frame.body([.end]))
      let space = Array(repeating: UInt8(ascii: " "), count: 1_000 - line.count)
      let fits = try await bench.proved(.post, "/v1/push", body: space + line, by: client)
      #expect(fits.status == .ok)
      let beyond = try await bench.proved(.post, "/v1/push", body: [32] + space + line, by: client)
      #expect(beyond.status == .contentTooLarge)
      #expect(beyond.problem?.code == .tooLarge)
      #expect(beyond.problem?.limit == 1_000)
    }
  }

  private func request(_ body: AsyncStream<ByteBuffer>) -> Request {
    Request(
      head: HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/"),
      body: RequestBody(asyncSequence: body)
    )
  }

  @Test("A body that does not tell its length is bounded as it comes", arguments: [1, 4, 5, 6])
  func untold(_ pieces: Int) async throws {
    var settings = HTTPSettings()
    settings.bodyBytes = 50
    let reader = RequestBodyReader(settings: settings, clock: ContinuousClock())
    let (body, source) = AsyncStream.makeStream(of: ByteBuffer.self)
    for _ in 0..<pieces { source.yield(ByteBuffer(repeating: 32, count: 10)) }
    source.finish()
    if pieces <= 5 {
      #expect(try await reader.bytes(of: request(body)).count == 10 * pieces)
    } else {
      let problem = await #expect(throws: Problem.self) {
        try await reader.bytes(of: request(body))
      }
      #expect(problem?.code == .tooLarge)
      #expect(problem?.limit == 50)
    }
  }

  @Test("A body that never ends is given up at the deadline")
  func deadline() async throws {
    var settings = HTTPSettings()
    settings.bodyTimeout = .zero
    let reader = RequestBodyReader(settings: settings, clock: ContinuousClock())
    let (body, source) = AsyncStream.makeStream(of: ByteBuffer.self)
    source.yield(ByteBuffer(repeating: 32, count: 10))
    let problem = await #expect(throws: Problem.self) {
      try await reader.bytes(of: request(body))
    }
    #expect(problem?.code == .malformed)
    source.finish()
  }

  @Test("The bound as it is meant is that of the protocol")
  func usualBound() {
    #expect(HTTPSettings().bodyBytes == Limits.bodyBytes)
  }

  @Test("An enrolment is bounded more narrowly")
  func enrolment() async throws {
    let bench = try await HTTPBench()
    try await bench.test(.router) { client in
      let answer = try await client.executeRequest(
        uri: "/v1/enrol",
        method: .post,
        headers: [:],
        body: ByteBuffer(repeating: 32, count: Limits.smallLineBytes + 1)
      )
      #expect(answer.problem?.code == .tooLarge)
      #expect(answer.problem?.limit == Int64(Limits.smallLineBytes))
    }
  }

  @Test("A compressed body says what it says plainly; the proof is over it as sent")
  func compressed() async throws {
    let bench = try await HTTPBench()
    try await bench.test(.router) { client in
      try await bench.enrol(client)
      let plain = Frame.body([.end])
      let answer = try await bench.proved(
        .post,
        "/v1/push",
        body: try Gzip.compress(plain),
        headers: [.contentEncoding: "gzip"],
        by: client
      )
      #expect(answer.status == .ok)
      #expect(try answer.frames() == [.end])
    }
  }

  @Test("A body in a coding that nobody asked for, or damaged, is refused as malformed")
  func badlyCompressed() async throws {
    let bench = try await HTTPBench()
    try await bench.test(.router) { client in
      try await bench.enrol(client)
      let whole = try Gzip.compress(Frame.body([.end]))
      for (body, coding) in [
        ([1, 2, 3], "gzip"), (Array(whole.dropLast()), "gzip"), (whole + whole, "gzip"),
        (whole, "br"), (whole, "gzip, gzip"),
      ] {
        let answer = try await bench.proved(
          .post,
          "/v1/push",
          body: body,
          headers: [.contentEncoding: coding],
          by: client
        )
        #expect(answer.problem?.code == .malformed, "\(coding)")
      }
    }
  }

  @Test("Compressed bytes are bounded as sent, and by what comes out of them")
  func compressedBounds() async throws {
    var settings = HTTPSettings()
    settings.bodyBytes = 10_000
    settings.compressedBodyBytes = 200
    let bench = try await HTTPBench(settings: settings)
    try await bench.test(.router) { client in
      try await bench.enrol(client)
      func answer(_ body: [UInt8]) async throws -> TestResponse {
        try await bench.proved(
          .post,
          "/v1/push",
          body: body,
          headers: [.contentEncoding: "gzip"],
          by: client
        )
      }
      let large = try await answer(Array(repeating: 1, count: 201))
      #expect(large.problem?.code == .tooLarge && large.problem?.limit == 200)
      let bomb = try Gzip.compress(Array(repeating: UInt8(ascii: " "), count: 10_001))
      #expect(bomb.count < 200)
      let inflated = try await answer(bomb)
      #expect(inflated.problem?.code == .tooLarge && inflated.problem?.limit == 10_000)
    }
  }

  @Test("A call that takes no compressed body says so")
  func enrolmentCompressed() async throws {
    let bench = try await HTTPBench()
    let request = try EnrolRequest(code: bench.code, key: bench.key, deviceName: "Tablet")
    try await bench.test(.router) { client in
      let answer = try await client.executeRequest(
        uri: "/v1/enrol",
        method: .post,
        headers: [.contentEncoding: "gzip"],
        body: ByteBuffer(bytes: try Gzip.compress(request.body))
      )
      #expect(answer.problem?.code == .malformed)
    }
  }

  @Test("What is no frame is refused as malformed, and nothing of it is taken")
  func noFrames() async throws {
    let bench = try await HTTPBench()
    try await bench.test(.router) { client in
      try await bench.enrol(client)
      for body in ["<html></html>\n", "{\"a\":1,\"b\":2}\n", "[]\n"] {
        let answer = try await bench.proved(.post, "/v1/push", body: Array(body.utf8), by: client)
        #expect(answer.problem?.code == .malformed, "\(body)")
      }
    }
  }
}
