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

  /// Syncs against prepared answers; gives the waits between them and what came of it.
  private func waits(
    _ answers: [TransportAnswer],
    patience: Patience = .usual
  ) async throws -> (waits: [Int64], targets: [String], failure: SyncFailure?) {
    let device = try Lab().device(of: 0, key: 0)
    let script = Script(answers)
    var client = client(script, nonce: "n")
    var session = device.session()
    var waits: [Int64] = []
    do throws(SyncFailure) {
      try await client.sync(
        &session,
        key: device.key,
        store: device.store,
        patience: patience,
        pause: { wait, _ in waits.append(wait) }
      )
      return (waits, await script.targets, nil)
    } catch {
      return (waits, await script.targets, error)
    }
  }

  private func refusal(_ code: Problem.Code, retryAfter: Int? = nil) -> TransportAnswer {
    let problem = Problem(code, "Because.")
    return TransportAnswer(
      status: code.status,
      body: problem.body,
      retryAfterSeconds: retryAfter
    )
  }

  @Test("A server that is busy or cannot do it now is asked again after what it asks for")
  func busy() async throws {
    let busy = [refusal(.busy, retryAfter: 3), refusal(.unavailable)]
    let (waits, targets, failure) = try await waits(busy)
    // The jitter of the tests is four thousandths of a second, whatever its bound.
    #expect(waits == [3_004, 4] && targets.count == 3)
    #expect(failure?.transport == .unreachable)
  }

  @Test("It is asked only so often")
  func busyForEver() async throws {
    let (waits, targets, failure) = try await waits(Array(repeating: refusal(.busy), count: 9))
    #expect(waits.count == 5 && targets.count == 6)
    #expect(failure?.problem == .busy)
    #expect(try await self.waits([refusal(.busy)], patience: .none).waits.isEmpty)
  }

  @Test("Where nobody answers at first nothing is tried again")
  func nobody() async throws {
    let (waits, _, failure) = try await waits([])
    #expect(waits.isEmpty && failure?.transport == .unreachable)
  }

  @Test("A line that breaks after it worked is tried again, with the same request")
  func broken() async throws {
    let nonce = TransportAnswer(status: 200, body: [])
    let (waits, targets, _) = try await waits([nonce, nonce])
    #expect(targets.prefix(2).allSatisfy { $0 == "/v1/sync" } && waits.count == 5)
  }
}
