import Hummingbird
import HummingbirdTesting
import Testing

/// Runs servers on free ports of this machine for the time of a test.
enum Loopback {
  /// Runs a router and gives its address.
  static func serving<Result: Sendable>(
    _ router: Router<BasicRequestContext>,
    _ body: @Sendable (String) async throws -> Result
  ) async throws -> Result {
    try await serving(Application(router: router), body)
  }

  /// Runs an application and gives its address.
  static func serving<Result: Sendable>(
    _ application: some ApplicationProtocol,
    _ body: @Sendable (String) async throws -> Result
  ) async throws -> Result {
    try await application.test(.live) { client in
      let port = try #require(client.port)
      return try await body("http://localhost:\(port)")
    }
  }
}
