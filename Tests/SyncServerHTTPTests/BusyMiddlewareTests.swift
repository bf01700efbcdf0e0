import Hummingbird
import HummingbirdTesting
import SyncProtocol
import SyncServerHTTP
import Testing

@Suite("A busy server")
struct BusyMiddlewareTests {
  @Test("Whoever comes beyond the bound is asked to come later, by a server that is still ours")
  func beyond() async throws {
    var settings = HTTPSettings()
    settings.requests = 0
    let bench = try await HTTPBench(settings: settings)
    try await bench.test(.router) { client in
      let answer = try await client.executeRequest(
        uri: "/v1/nonce",
        method: .get,
        headers: [:],
        body: nil
      )
      #expect(answer.status == .tooManyRequests)
      #expect(answer.problem?.code == .busy)
      #expect(answer.header("Retry-After") == "5")
      #expect(answer.header("Fieldbook") == "1")
    }
  }

  @Test("A request that is done, well or badly, makes room for the next")
  func oneAfterTheOther() async throws {
    var settings = HTTPSettings()
    settings.requests = 1
    let bench = try await HTTPBench(settings: settings)
    try await bench.test(.router) { client in
      for target in ["/v1/nonce", "/nowhere", "/v1/visits", "/v1/nonce"] {
        let answer = try await client.executeRequest(
          uri: target,
          method: .get,
          headers: [:],
          body: nil
        )
        #expect(answer.status != .tooManyRequests)
      }
    }
  }
}
