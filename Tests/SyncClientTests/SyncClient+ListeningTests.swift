import Convergence
import SyncClient
import SyncProtocol
import Testing

@Suite("Listening to a server")
struct SyncClientListeningTests {
  /// Gives prepared streams and answers in turn.
  private actor Script: Transport {
    private var streams: [TransportStream]
    private var answers: [TransportAnswer]
    private(set) var targets: [String] = []

    init(_ streams: [TransportStream], _ answers: [TransportAnswer] = []) {
      self.streams = streams
      self.answers = answers
    }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportAnswer {
      targets.append(request.target)
      guard !answers.isEmpty else { throw TransportFailure(.unreachable, "Nobody answers.") }
      return answers.removeFirst()
    }

    func open(_ request: TransportRequest) async throws(TransportFailure) -> TransportStream {
      targets.append(request.target)
      guard !streams.isEmpty else { throw TransportFailure(.unsupported, "No streams.") }
      return streams.removeFirst()
    }
  }

  private let poke = Poke(visit: VisitID(bits: Bits128(high: 1, low: 2)), position: 7)

  private func stream(
    _ pieces: [[UInt8]],
    status: Int = 200,
    type: String = "text/event-stream",
    nonce: String? = nil
  ) -> TransportStream {
    TransportStream(
      status: status,
      contentType: type,
      nonce: nonce,
      pieces: AsyncStream { source in
        for piece in pieces { source.yield(piece) }
        source.finish()
      }
    )
  }

  private func client(_ script: Script, nonce: String? = "n") -> SyncClient {
    SyncClient(transport: script, clock: { 0 }, random: { .zero }, nonce: nonce)
  }

  /// What is heard of a script, and why it ended, if not by itself.
  private func hear(
    _ script: Script,
    times: Int = 1,
    nonce: String? = "n"
  ) async throws -> (heard: [[Poke]], failure: SyncFailure?) {
    let key = try #require(SigningKey(seed: Array(repeating: 3, count: 32)))
    var client = client(script, nonce: nonce)
    var heard: [[Poke]] = []
    do throws(SyncFailure) {
      for _ in 0..<times { try await client.listen(key: key) { heard.append($0) } }
      return (heard, nil)
    } catch {
      return (heard, error)
    }
  }

  @Test("Pokes are heard as they come, and a beat as nothing new")
  func heard() async throws {
    let bytes = poke.event
    let script = Script([stream([Poke.beat, Array(bytes.prefix(9)), Array(bytes.dropFirst(9))])])
    let (heard, failure) = try await hear(script)
    #expect(heard == [[], [poke]] && failure == nil)
    #expect(await script.targets == ["/v1/events"])
  }

  @Test("A nonce is asked for where there is none, and a stale one costs one repeat")
  func nonces() async throws {
    let stale = Problem(.nonce, "Stale.")
    let refusal = stream([stale.body], status: 401, type: "application/problem+json", nonce: "b")
    let nonce = TransportAnswer(status: 200, body: [], nonce: "a")
    let script = Script([refusal, stream([poke.event])], [nonce])
    let (heard, failure) = try await hear(script, nonce: nil)
    #expect(heard == [[poke]] && failure == nil)
    #expect(await script.targets == ["/v1/nonce", "/v1/events", "/v1/events"])
  }

  @Test("A refusal says why")
  func refused() async throws {
    let problem = Problem(.revoked, "Revoked.")
    let (heard, failure) = try await hear(
      Script([stream([problem.body], status: 403, type: "application/problem+json")])
    )
    #expect(heard.isEmpty && failure?.problem == .revoked)
  }

  @Test("What does not read is of no use")
  func unreadable() async throws {
    let script = Script([stream([poke.event, Array("event: poke\ndata: x\n\n".utf8)])])
    let (heard, failure) = try await hear(script)
    #expect(heard == [[poke]] && failure?.code == .badAnswer)
  }

  private func poll(_ pokes: [Poke]) -> TransportAnswer {
    TransportAnswer(status: 200, body: PokeList(pokes).body)
  }

  @Test("Where the way carries no streams it polls, and hears what has changed")
  func polls() async throws {
    let later = Poke(visit: poke.visit, position: 9)
    let answers = [poll([poke]), poll([poke]), poll([later])]
    for streams in [[], [stream([], type: "text/html")]] {
      let script = Script(streams, answers)
      let (heard, failure) = try await hear(script)
      #expect(heard == [[poke], [], [later]])
      #expect(failure?.transport == .unreachable)
      let first = PokeList([poke]).name
      #expect(
        await Array(script.targets.dropFirst().prefix(3)) == [
          "/v1/events?wait=25", "/v1/events?wait=25&name=\(first)",
          "/v1/events?wait=25&name=\(first)",
        ]
      )
    }
  }

  @Test("After a stream that was kept back until its end it polls")
  func keptBack() async throws {
    let script = Script([stream([]), stream([poke.event])], [poll([poke])])
    let (heard, _) = try await hear(script, times: 2)
    #expect(heard == [[poke]])
    #expect(await script.targets.prefix(2) == ["/v1/events", "/v1/events?wait=25"])
  }
}
