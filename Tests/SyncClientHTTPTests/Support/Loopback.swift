import Hummingbird
import Testing

/// Runs servers on free ports of this machine for the time of a test.
enum Loopback {
  /// Runs a router and gives its address.
  static func serving(
    _ router: Router<BasicRequestContext>,
    _ body: (String) async throws -> Void
  ) async throws {
    try await serving(
      { onRunning in
        Application(
          router: router,
          configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
          onServerRunning: { channel in onRunning(channel.localAddress?.port ?? 0) },
        )
      },
      body
    )
  }

  /// Runs an application and gives its address.
  static func serving<Served: ApplicationProtocol & Sendable>(
    _ application: (@escaping @Sendable (Int) -> Void) -> Served,
    _ body: (String) async throws -> Void
  ) async throws {
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let served = application { number in
      port.yield(number)
      port.finish()
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await served.runService(gracefulShutdownSignals: []) }
      let number = try #require(await ports.first { _ in true })
      let result: Result<Void, any Error>
      do {
        result = .success(try await body("http://127.0.0.1:\(number)"))
      } catch {
        result = .failure(error)
      }
      group.cancelAll()
      while let ended = await group.nextResult() { _ = ended }
      try result.get()
    }
  }
}
