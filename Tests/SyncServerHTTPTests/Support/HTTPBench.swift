import AssessmentModel
import Convergence
import Hummingbird
import HummingbirdTesting
import OperationStore
import SyncProtocol
import SyncServer
import SyncServerHTTP
import Testing

/// A server in memory behind its routes, with one person, Anna, who leads one visit.
struct HTTPBench {
  static let now: Int64 = 1_795_244_400_000
  static let token = "a token of the folder"
  static let framework: [UInt8] = Array("{\"format\":1}".utf8)

  let server: SyncServer
  let routes: FieldbookRoutes
  let key: SigningKey
  let visit: VisitID
  let code: EnrolmentCode

  init(settings: HTTPSettings = HTTPSettings(), isInitialised: Bool = true) async throws {
    let keys = ServerKeys(
      identity: try #require(SigningKey(seed: Array(repeating: 1, count: 32)))
    )
    key = try #require(SigningKey(seed: Array(repeating: 3, count: 32)))
    server = try SyncServer(
      .memory,
      meaning: .assessment,
      keys: keys,
      nonceSecret: Array(repeating: 7, count: 32),
      clock: { Self.now },
      random: { Bits128(high: 5, low: 5) }
    )
    let visit = VisitID(bits: Bits128(high: 1, low: 2))
    self.visit = visit
    routes = FieldbookRoutes(
      server,
      administration: Administration(decrees: .titlesOnly) { Array(repeating: 5, count: $0) },
      adminToken: Hash256.plain(Array(Self.token.utf8)),
      settings: settings,
      frameworkBytes: { id, edition in
        id == "standards" && edition == "first" ? Self.framework : nil
      }
    )
    let fingerprint = keys.identity.publicKey.fingerprint
    code = try #require(
      EnrolmentCode(secret: Array(repeating: 4, count: 10), fingerprint: fingerprint)
    )
    if isInitialised { try await prepare(keys) }
  }

  private func prepare(_ keys: ServerKeys) async throws {
    let (visit, secret) = (visit, code.secret)
    try await server.administer { (service, store, now) throws(Problem) in
      let epoch = Epoch(bits: Bits128(high: 9, low: 9))
      try Service.initialise(store, keys: keys, name: "Bench", epoch: epoch, now: now)
      let anna = PersonID(bits: Bits128(high: 1, low: 1))
      try service.addPerson(anna, name: "Anna Rowe", store: store)
      _ = try service.issueCode(for: anna, secret: secret, store: store)
      let founding = VisitFounding(
        title: "Riverside",
        framework: FrameworkPin(
          id: "standards",
          edition: "first",
          hash: Hash256.plain(Self.framework).text
        ),
        identityKey: keys.identity.publicKey.text,
        members: [VisitFounding.Member(person: anna, role: .lead, name: "Anna Rowe")]
      )
      let drafts: [Draft]
      do throws(EditError) {
        drafts = try founding.drafts()
      } catch {
        throw Problem(.malformed, error.message)
      }
      try service.decree(drafts, in: visit, now: now, store: store)
    }
  }

  /// Runs a test against the routes.
  func test(
    _ way: Way,
    _ body: @Sendable (any TestClientProtocol) async throws -> Void
  ) async throws {
    try await routes.application(host: "127.0.0.1", port: 0).test(way.setup, body)
  }

  /// Enrols Anna's device.
  func enrol(_ client: any TestClientProtocol) async throws {
    let request = try EnrolRequest(code: code, key: key, deviceName: "Tablet")
    let answer = try await client.execute(
      uri: "/v1/enrol",
      method: .post,
      body: ByteBuffer(bytes: request.body)
    )
    try #require(answer.status == .ok)
  }

  /// Sends a request that the device's key proves.
  func proved(
    _ method: HTTPRequest.Method,
    _ target: String,
    body: [UInt8] = [],
    headers: HTTPFields = [:],
    nonce: String? = nil,
    by client: any TestClientProtocol
  ) async throws -> TestResponse {
    let proof = try RequestProof(
      method: method.rawValue,
      target: target,
      body: body,
      nonce: nonce ?? server.nonces.make(at: Self.now),
      key: key
    )
    var headers = headers
    headers[.authorization] = proof.description
    return try await client.executeRequest(
      uri: target,
      method: method,
      headers: headers,
      body: method == .get ? nil : ByteBuffer(bytes: body)
    )
  }
}

extension Decrees {
  /// Titles and nothing else: enough to see that calls arrive.
  static let titlesOnly = Decrees(
    found: { (visit, _, _) throws(Problem) in
      [Draft(Assignment(record: .named("visit"), field: "title", value: .string(visit.title)))]
    },
    put: { (_, _, _) throws(Problem) in [] },
    remove: { (_, _, _, _) throws(Problem) in [] }
  )
}

extension TestResponse {
  /// The bytes of the body.
  var bytes: [UInt8] { Array(body.readableBytesView) }

  /// The refusal in the body, if it is one of ours.
  var problem: Problem? { try? Problem(body: bytes) }

  /// The frames of the body.
  func frames() throws -> [Frame] {
    let read = try FrameReader.frames(of: bytes)
    try #require(read.isComplete)
    return read.frames
  }

  /// A header by its name.
  func header(_ name: String) -> String? {
    HTTPFields.Element.Name(name).flatMap { headers[$0] }
  }
}
