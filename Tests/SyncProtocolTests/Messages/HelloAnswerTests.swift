import Convergence
import SyncProtocol
import Testing

@Suite("Hello of a server")
struct HelloAnswerTests {
  @Test("It is read as it was written", arguments: HelloAnswer.State.allCases)
  func roundTrip(state: HelloAnswer.State) throws {
    let answer = HelloAnswer(
      time: 5,
      epoch: Samples.epoch,
      state: state,
      server: "Server",
      receipt: state == .cloned ? nil : "AAAA"
    )
    #expect(try HelloAnswer(answer.value) == answer)
    #expect(answer.value["limits"]?["batchLineBytes"] == .int(65_536))
  }

  @Test("A state that nobody knows is malformed")
  func unknown() throws {
    let value = Value.object([
      "v": .int(1), "time": .int(1), "epoch": .string(Samples.epoch.text),
      "server": .string("S"), "state": .string("fine"),
    ])
    #expect(throws: ProtocolError.self) { try HelloAnswer(value) }
    #expect(throws: ProtocolError.self) { try HelloAnswer(.object([:])) }
  }
}
