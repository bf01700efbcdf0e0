import Hummingbird
import SyncClient
import SyncClientHTTP
import Testing

/// Runs servers on free ports of this machine for the time of a test.
enum Loopback {
  /// Runs a router and gives its address.
  static func serving<Returned: Sendable>(
    _ router: Router<BasicRequestContext>,
    _ body: (String) async throws -> Returned
  ) async throws -> Returned {
    try await serving { onRunning in
      Application(
        router: router,
        configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }
      )
    } body: {
      try await body($0)
    }
  }

  /// Runs an application, which tells the port that it listens on, and gives its address.
  static func serving<Returned: Sendable>(
    _ application: (@escaping @Sendable (Int) async -> Void) -> some ApplicationProtocol,
    body: (String) async throws -> Returned
  ) async throws -> Returned {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let served = application { number in
      port.yield(number)
      port.finish()
    }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await served.runService(gracefulShutdownSignals: []) }
      let number = try #require(await ports.first { _ in true })
      let address = "http://127.0.0.1:\(number)"
      let result: Result<Returned, any Error>
      do {
        result = .success(try await body(address))
      } catch {
        result = .failure(error)
      }
      try await settle(address)
      group.cancelAll()
      while let ended = await group.nextResult() { _ = ended }
      return try result.get()
    }
  }

  /// Waits until the server has taken every connection that was made before.
  ///
  /// Connections are taken in order, so one answer over a new one shows it. A server that is stopped
  /// with a connection in hand that it has not taken yet stops the process.
  private static func settle(_ address: String) async throws {
    let transport = HTTPTransport(to: try #require(ServerAddress(address)))
    _ = try? await transport.send(TransportRequest(method: "GET", target: "/settle"))
    await transport.shutdown()
  }
}
