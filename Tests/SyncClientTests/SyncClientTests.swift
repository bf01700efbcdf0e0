import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import Testing

@Suite("Carrying a conversation over a transport")
struct SyncClientTests {
  /// Gives prepared answers in turn; where none is left, nobody answers.
  private actor Script: Transport {
    private var answers: [TransportAnswer]
    private(set) var targets: [String] = []

    init(_ answers: [TransportAnswer]) { self.answers = answers }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportAnswer {
      targets.append(request.target)
      guard !answers.isEmpty else { throw TransportFailure(.unreachable, "Nobody answers.") }
      return answers.removeFirst()
    }
  }

  private func client(_ script: Script, nonce: String? = nil) -> SyncClient {
    SyncClient(
      transport: script,
      clock: { 0 },
      random: { Bits128(high: 3, low: 4) },
      nonce: nonce
    )
  }

  @Test("Where no answer comes the sync ends, and a new one brings what waits")
  func noAnswer() async throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    try lab.sync(device)
    try device.judge("xr-304", .met)
    let script = Script([TransportAnswer(status: 200, body: [], nonce: "fresh")])
    var client = client(script)
    var session = device.session()
    do throws(SyncFailure) {
      try await client.sync(&session, key: device.key, store: device.store)
      Issue.record("nobody answered")
    } catch {
      #expect(error.code == .noAnswer)
    }
    #expect(await script.targets == ["/v1/nonce", "/v1/sync"])
    #expect(client.nonce == "fresh")
    #expect(session.report.roundTrips == 1)
    #expect(try lab.sync(device).batchesSent == 1)
    try device.expectQuiet()
  }

  @Test("The session says afterwards what the answers brought, and each answer was told of")
  func report() async throws {
    let lab = try Lab()
    let device = try lab.device(of: 0, key: 0)
    var rehearsal = device.session()
    let token = Bits128(high: 3, low: 4)
    let body = try #require(try rehearsal.next(store: device.store, now: 0, token: token))
    let answer = TransportAnswer(status: 200, body: try lab.answer(body, from: device))
    var client = client(Script([answer]), nonce: "n")
    var session = device.session()
    var told: [Int] = []
    try await client.sync(&session, key: device.key, store: device.store) { report in
      told.append(report.batchesReceived)
    }
    #expect(told == [1])
    #expect(session.report.batchesReceived == 1)
    #expect(try device.digest() == lab.store.stateDigest(of: lab.visit))
  }
}
