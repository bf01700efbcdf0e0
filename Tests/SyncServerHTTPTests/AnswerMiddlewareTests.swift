import Convergence
import Hummingbird
import HummingbirdTesting
import SyncProtocol
import SyncServer
import SyncServerHTTP
import Testing

@Suite("What every answer has in common")
struct AnswerMiddlewareTests {
  @Test(
    "Every answer says that it is ours and brings a good nonce, whatever became of the request",
    arguments: Way.allCases
  )
  func headers(_ way: Way) async throws {
    let bench = try await HTTPBench()
    try await bench.test(way) { client in
      for (method, target, status) in [
        (HTTPRequest.Method.get, "/v1/nonce", 200), (.get, "/v1/health", 200),
        (.get, "/v1/visits", 401), (.post, "/v1/push", 401), (.post, "/v1/enrol", 400),
        (.get, "/v1/frameworks/a/b", 404), (.get, "/", 404), (.get, "/index.html", 404),
        (.put, "/v1/push", 404), (.get, "/v1/admin", 404), (.delete, "/v1/visits", 404),
      ] {
        let answer = try await client.executeRequest(
          uri: target,
          method: method,
          headers: [:],
          body: nil
        )
        #expect(answer.status.code == status, "\(target)")
        #expect(answer.header("Fieldbook") == "1", "\(target)")
        let nonce = try #require(answer.header("Fieldbook-Nonce"))
        #expect(bench.server.nonces.isGood(nonce, at: HTTPBench.now))
        if status >= 400 {
          #expect(answer.header("Content-Type") == "application/problem+json")
          #expect(answer.problem?.code.status == status)
          #expect(answer.header("Cache-Control") == "no-store")
        }
      }
    }
  }

  @Test("A server that cannot answer says when to come again")
  func unavailable() async throws {
    let bench = try await HTTPBench(isInitialised: false)
    try await bench.test(.router) { client in
      let answer = try await client.executeRequest(
        uri: "/v1/health",
        method: .get,
        headers: [:],
        body: nil
      )
      #expect(answer.status == .serviceUnavailable)
      #expect(answer.problem?.code == .unavailable)
      #expect(answer.header("Retry-After") == "5")
    }
  }
}
