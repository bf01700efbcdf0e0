import Hummingbird
import SyncClient
import SyncClientHTTP
import SyncProtocol
import TestSupport
import Testing

@Suite("Carrying requests over HTTP")
struct HTTPTransportTests {
  private func withTransport<Returned>(
    to address: String,
    settings: HTTPTransportSettings = HTTPTransportSettings(),
    _ body: (HTTPTransport) async throws -> Returned
  ) async throws -> Returned {
    let address = try #require(ServerAddress(address))
    let transport = HTTPTransport(to: address, settings: settings)
    do {
      let returned = try await body(transport)
      await transport.shutdown()
      return returned
    } catch {
      await transport.shutdown()
      throw error
    }
  }

  private func failure(
    of request: TransportRequest = TransportRequest(method: "GET", target: "/v1/nonce"),
    at address: String,
    settings: HTTPTransportSettings = HTTPTransportSettings()
  ) async throws -> TransportFailure? {
    try await withTransport(to: address, settings: settings) { transport in
      await #expect(throws: TransportFailure.self) { try await transport.send(request) }
    }
  }

  /// An answer as a Fieldbook server gives it.
  private static func ours(_ body: ResponseBody, headers: [String: String] = [:]) -> Response {
    var fields = HTTPFields()
    for (name, value) in headers.merging(["Fieldbook": "1"], uniquingKeysWith: { $1 }) {
      if let name = HTTPFields.Element.Name(name) { fields[name] = value }
    }
    return Response(status: .ok, headers: fields, body: body)
  }

  private static func ours(_ text: String, headers: [String: String] = [:]) -> Response {
    ours(ResponseBody(byteBuffer: ByteBuffer(string: text)), headers: headers)
  }

  @Test("Method, path with query, headers and body arrive as they were given")
  func verbatim() async throws {
    let router = Router()
    router.post("/before/v1/push") { request, _ in
      let body = try await request.body.collect(upTo: 100)
      let parts = [
        request.method.rawValue, request.head.path ?? "",
        request.headers[.authorization] ?? "", request.headers[.contentType] ?? "",
        HTTPFields.Element.Name("Fieldbook").flatMap { request.headers[$0] } ?? "",
        String(buffer: body),
      ]
      return Self.ours(parts.joined(separator: "|"))
    }
    try await Loopback.serving(router) { address in
      try await withTransport(to: address + "/before/") { transport in
        let answer = try await transport.send(
          TransportRequest(
            method: "POST",
            target: "/v1/push?a=b%20c",
            body: Array("body\n".utf8),
            authorization: "Fieldbook a.b.c"
          )
        )
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(
          text == "POST|/before/v1/push?a=b%20c|Fieldbook a.b.c|application/x-ndjson|1|body\n"
        )
      }
    }
  }

  @Test("Status, nonce and the time to wait come back")
  func answer() async throws {
    let router = Router()
    router.get("/v1/nonce") { _, _ in
      var response = Self.ours("{}", headers: ["Fieldbook-Nonce": "abc", "Retry-After": "7"])
      response.status = .serviceUnavailable
      return response
    }
    try await Loopback.serving(router) { address in
      try await withTransport(to: address) { transport in
        let answer = try await transport.send(TransportRequest(method: "GET", target: "/v1/nonce"))
        let expected = TransportAnswer(
          status: 503,
          body: Array("{}".utf8),
          nonce: "abc",
          retryAfterSeconds: 7
        )
        #expect(answer == expected)
      }
    }
  }

  @Test("A page of a network that asks for a login is no answer, though its status is 200")
  func portalPage() async throws {
    let router = Router()
    router.get("/v1/nonce") { _, _ in "<html>Welcome to the hospital guest network</html>" }
    try await Loopback.serving(router) { address in
      let failure = try await failure(at: address)
      #expect(failure?.code == .notFieldbook)
      #expect(failure?.message.contains("login") == true)
    }
  }

  @Test("A redirect to a login is not followed")
  func redirect() async throws {
    let router = Router()
    router.get("/v1/nonce") { _, _ in Response.redirect(to: "/login", type: .found) }
    // Whoever follows would find something that looks like ours.
    router.get("/login") { _, _ in Self.ours("{}") }
    try await Loopback.serving(router) { address in
      let failure = try await failure(at: address)
      #expect(failure?.code == .notFieldbook)
      #expect(failure?.message.contains("302") == true)
    }
  }

  @Test("Where nobody listens the failure names the address")
  func refused() async throws {
    let gone = try await Loopback.serving(Router()) { $0 }
    let failure = try await failure(at: gone)
    #expect(failure?.code == .unreachable)
    #expect(failure?.message.contains(gone) == true)
  }

  @Test("A body that is cut gives what arrived of it")
  func cutBody() async throws {
    let router = Router()
    router.get("/v1/nonce") { _, _ in
      Self.ours(
        ResponseBody(contentLength: 1_000) { writer in
          try await writer.write(ByteBuffer(string: "half\n"))
          throw CancellationError()
        }
      )
    }
    try await Loopback.serving(router) { address in
      try await withTransport(to: address) { transport in
        let answer = try await transport.send(TransportRequest(method: "GET", target: "/v1/nonce"))
        #expect(answer.status == 200)
        #expect(answer.body == Array("half\n".utf8))
      }
    }
  }

  @Test("A compressed body is inflated; one that is cut or damaged gives what came of it")
  func compressedBody() async throws {
    var chance = SeededGenerator(seed: 3)
    let text = (0..<400_000).map { _ in UInt8(97 + chance.below(26)) }
    let whole = try Gzip.compress(text)
    var damaged = whole
    damaged[whole.count / 2] ^= 0xFF
    let bodies = [whole, Array(whole.dropLast(whole.count / 3)), damaged]
    let router = Router()
    router.get("/:number") { request, context in
      #expect(request.headers[.acceptEncoding] == "gzip")
      let number = context.parameters.get("number", as: Int.self) ?? 0
      return Self.ours(
        ResponseBody(byteBuffer: ByteBuffer(bytes: bodies[number])),
        headers: ["Content-Encoding": "gzip"]
      )
    }
    try await Loopback.serving(router) { address in
      try await withTransport(to: address) { transport in
        for number in bodies.indices {
          let answer = try await transport.send(
            TransportRequest(method: "GET", target: "/\(number)")
          )
          if number == 0 {
            #expect(answer.body == text && answer.bytesOnWire == whole.count)
          } else {
            #expect(answer.body.count > 100_000 && answer.body != text)
          }
          if number == 1 { #expect(text.starts(with: answer.body)) }
        }
      }
    }
  }

  @Test("A body that inflates beyond the bound counts as cut")
  func bomb() async throws {
    let bytes = try Gzip.compress(Array(repeating: 97, count: 60_000))
    let router = Router()
    router.get("/v1/nonce") { _, _ in
      Self.ours(
        ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)),
        headers: ["Content-Encoding": "gzip"]
      )
    }
    var settings = HTTPTransportSettings()
    settings.answerBytes = 40_000
    try await Loopback.serving(router) { [settings] address in
      try await withTransport(to: address, settings: settings) { transport in
        let answer = try await transport.send(TransportRequest(method: "GET", target: "/v1/nonce"))
        #expect(answer.body.count <= 40_000)
      }
    }
  }

  @Test("The pieces of an answer that goes on arrive one by one, and end when it does")
  func open() async throws {
    let (asked, ask) = AsyncStream.makeStream(of: Void.self)
    let router = Router()
    router.get("/v1/events") { request, _ in
      #expect(request.headers[.acceptEncoding] == nil)
      return Self.ours(
        ResponseBody { writer in
          try await writer.write(ByteBuffer(string: "one"))
          // Nothing more before the first was read.
          for await _ in asked { break }
          try await writer.write(ByteBuffer(string: "two"))
          try await writer.finish(nil)
        },
        headers: ["Content-Type": "text/Event-Stream; charset=utf-8", "Fieldbook-Nonce": "abc"]
      )
    }
    try await Loopback.serving(router) { address in
      try await withTransport(to: address) { transport in
        let stream = try await transport.open(TransportRequest(method: "GET", target: "/v1/events"))
        #expect(stream.status == 200 && stream.nonce == "abc")
        #expect(stream.contentType == "text/event-stream")
        var pieces: [String] = []
        for await piece in stream.pieces {
          pieces.append(String(decoding: piece, as: UTF8.self))
          ask.finish()
        }
        #expect(pieces == ["one", "two"])
      }
    }
  }

  @Test("A stream of somebody else is none")
  func strangersStream() async throws {
    let router = Router()
    router.get("/v1/events") { _, _ in "data: sign in\n\n" }
    try await Loopback.serving(router) { address in
      try await withTransport(to: address) { transport in
        let failure = await #expect(throws: TransportFailure.self) {
          try await transport.open(TransportRequest(method: "GET", target: "/v1/events"))
        }
        #expect(failure?.code == .notFieldbook)
      }
    }
  }

  @Test("A body longer than the bound counts as cut there")
  func longBody() async throws {
    let router = Router()
    router.get("/v1/nonce") { _, _ in Self.ours(String(repeating: "a", count: 100_000)) }
    var settings = HTTPTransportSettings()
    settings.answerBytes = 10
    try await Loopback.serving(router) { [settings] address in
      try await withTransport(to: address, settings: settings) { transport in
        let answer = try await transport.send(TransportRequest(method: "GET", target: "/v1/nonce"))
        #expect(answer.body == Array("aaaaaaaaaa".utf8))
      }
    }
  }

  @Test("A server that stays silent is not waited for without end")
  func silence() async throws {
    let (never, release) = AsyncStream.makeStream(of: Void.self)
    let router = Router()
    router.get("/v1/nonce") { _, _ in
      for await _ in never {}
      return Self.ours("{}")
    }
    var settings = HTTPTransportSettings()
    settings.totalSeconds = 0
    try await Loopback.serving(router) { [settings] address in
      let failure = try await failure(at: address, settings: settings)
      #expect(failure?.code == .timeout)
      // Lets the server go.
      release.finish()
    }
  }

  @Test("A connection that cannot be trusted is told apart from one that fails")
  func untrusted() async throws {
    // A server that does not speak TLS at all cannot prove who it is either.
    try await Loopback.serving(Router()) { address in
      let failure = try await failure(at: address.replacing("http://", with: "https://"))
      #expect(failure?.code == .untrusted)
    }
  }
}
