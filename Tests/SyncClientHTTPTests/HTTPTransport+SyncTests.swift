import AssessmentModel
import Convergence
import Hummingbird
import OperationStore
import SyncClient
import SyncClientHTTP
import SyncProtocol
import SyncServer
import SyncServerHTTP
import Testing

@Suite("The whole way: engine, transport, routes, server")
struct HTTPTransportSyncTests {
  private static let now: Int64 = 1_795_244_400_000

  private let server: SyncServer
  private let code: EnrolmentCode
  private let visit = VisitID(bits: Bits128(high: 1, low: 2))
  private let anna = PersonID(bits: Bits128(high: 1, low: 1))

  init() async throws {
    let keys = ServerKeys(
      identity: try #require(SigningKey(seed: Array(repeating: 1, count: 32)))
    )
    let server = try SyncServer(
      .memory,
      meaning: .assessment,
      keys: keys,
      nonceSecret: Array(repeating: 7, count: 32),
      clock: { Self.now },
      random: { Bits128(high: 5, low: 5) }
    )
    let founding = VisitFounding(
      title: "Riverside",
      framework: FrameworkPin(id: "standards", edition: "first", hash: Hash256.plain([1]).text),
      identityKey: keys.identity.publicKey.text,
      members: [VisitFounding.Member(person: anna, role: .lead, name: "Anna Rowe")]
    )
    let (anna, visit, drafts) = (anna, visit, try founding.drafts())
    code = try await server.administer { (service, store, now) throws(Problem) in
      let epoch = Epoch(bits: Bits128(high: 9, low: 9))
      try Service.initialise(store, keys: keys, name: "Bench", epoch: epoch, now: now)
      try service.addPerson(anna, name: "Anna Rowe", store: store)
      try service.decree(drafts, in: visit, now: now, store: store)
      return try service.issueCode(
        for: anna,
        secret: Array(repeating: 4, count: 10),
        store: store
      )
    }
    self.server = server
  }

  private func routes() -> FieldbookRoutes {
    let decrees = Decrees(
      found: { (_, _, _) throws(Problem) in [] },
      put: { (_, _, _) throws(Problem) in [] },
      remove: { (_, _, _, _) throws(Problem) in [] }
    )
    return FieldbookRoutes(
      server,
      administration: Administration(decrees: decrees) { Array(repeating: 5, count: $0) },
      adminToken: Hash256.plain([0]),
      frameworkBytes: { _, _ in [1] }
    )
  }

  @Test("A device enrols, fetches its visit, writes, and the server holds what it wrote")
  func wholeWay() async throws {
    let routes = routes()
    try await Loopback.serving { onRunning in
      routes.application(host: "127.0.0.1", port: 0, onRunning: onRunning)
    } body: { address in
      let transport = HTTPTransport(to: try #require(ServerAddress(address)))
      let result: Result<Void, any Error>
      do {
        result = .success(try await play(over: transport, address))
      } catch {
        result = .failure(error)
      }
      await transport.shutdown()
      try result.get()
    }
  }

  private func play(over transport: HTTPTransport, _ address: String) async throws {
    var client = SyncClient(
      transport: transport,
      clock: { Self.now },
      random: { Bits128(high: 3, low: 4) }
    )
    let key = try #require(SigningKey(seed: Array(repeating: 11, count: 32)))
    let store = try OperationStore(.memory, meaning: .assessment)
    let enrolment = try await client.enrol(
      code,
      key: key,
      server: address,
      deviceName: "Tablet",
      store: store
    )
    #expect(enrolment.name == "Anna Rowe")
    #expect(try await client.visits(key: key).map(\.visit) == [visit])
    #expect(
      try await client.framework(id: "a", edition: "b", hash: Hash256.plain([1])) == [1]
    )
    try await sync(&client, key, store, enrolment)
    try store.transaction { () throws(StoreError) in
      let draft = Draft(
        Assignment(
          record: .named("visit"),
          field: "interest",
          slot: anna.text,
          value: .object(["declares": .string("none")])
        )
      )
      _ = try store.write([draft], to: visit, clock: Self.now)
    }
    try await sync(&client, key, store, enrolment)
    let digest = try await server.administer { [visit] (_, store, _) throws(Problem) in
      (try? store.stateDigest(of: visit)) ?? Hash256.plain([])
    }
    #expect(try store.stateDigest(of: visit) == digest)
    #expect(try store.unsentCounts(of: visit).operations == 0)
  }

  private func sync(
    _ client: inout SyncClient,
    _ key: SigningKey,
    _ store: OperationStore,
    _ enrolment: Enrolment
  ) async throws {
    try store.transaction { () throws(StoreError) in try store.addVisit(visit) }
    var session = SyncSession(
      enrolment: enrolment,
      key: key,
      visits: [visit],
      client: "test",
      model: 1
    )
    try await client.sync(&session, key: key, store: store)
  }
}
