public import Hummingbird
public import Logging
public import SyncProtocol
public import SyncServer

/// The routes of a server (section 9): thin adapters between HTTP and a ``SyncServer``.
public struct FieldbookRoutes: Sendable {
  /// The bytes of an edition of a framework; `nil` if there is none.
  public typealias FrameworkBytes = @Sendable (_ id: String, _ edition: String) -> [UInt8]?

  let server: SyncServer
  let administration: Administration
  let adminToken: Hash256
  let frameworkBytes: FrameworkBytes
  let settings: HTTPSettings
  let clock: any Clock<Duration>
  let body: RequestBodyReader

  /// Prepares the routes of a server.
  ///
  /// - Parameters:
  ///   - server: What answers.
  ///   - administration: What carries out the operator's calls.
  ///   - adminToken: The plain hash of the token that the operator's calls carry.
  ///   - settings: The bounds.
  ///   - clock: What measures durations and deadlines.
  ///   - frameworkBytes: Where frameworks come from.
  public init(
    _ server: SyncServer,
    administration: Administration,
    adminToken: Hash256,
    settings: HTTPSettings = HTTPSettings(),
    clock: any Clock<Duration> = ContinuousClock(),
    frameworkBytes: @escaping FrameworkBytes
  ) {
    self.server = server
    self.administration = administration
    self.adminToken = adminToken
    self.settings = settings
    self.clock = clock
    self.frameworkBytes = frameworkBytes
    body = RequestBodyReader(settings: settings, clock: clock)
  }

  /// The router with all routes.
  public func router() -> Router<FieldbookContext> {
    let router = Router(context: FieldbookContext.self)
    router.add(middleware: AnswerMiddleware(server: server, settings: settings, clock: clock))
    // Who listens works on nothing, and has a bound of its own.
    router.group("v1").get("events", use: events)
    router.add(middleware: BusyMiddleware(settings: settings))
    let v1 = router.group("v1")
    v1.get("health", use: health)
    v1.get("nonce", use: nonce)
    v1.post("enrol", use: enrol)
    v1.post("hello", use: hello)
    v1.get("visits", use: visits)
    v1.post("push", use: push)
    v1.get("visits/:visit/log", use: log)
    v1.post("sync", use: sync)
    v1.post("reconcile", use: reconcile)
    v1.get("frameworks/:id/:edition", use: framework)
    addAdministration(to: v1.group("admin"))
    return router
  }

  /// An application that serves the routes.
  ///
  /// - Parameters:
  ///   - host: The address to listen on.
  ///   - port: The port; 0 for any that is free.
  ///   - logger: Where it logs; nowhere unless one is given.
  ///   - onRunning: Told the port once it listens.
  /// - Returns: What to run; it stops when its service group does.
  public func application(
    host: String,
    port: Int,
    logger: Logger = Logger(label: "fieldbookd") { _ in SwiftLogNoOpLogHandler() },
    onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) -> some ApplicationProtocol {
    Application(
      router: router(),
      server: .http1(configuration: .init(idleTimeout: .seconds(settings.idleSeconds))),
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port),
        serverName: "fieldbookd",
        availableConnectionsDelegate: .maximum(settings.connections, logger: logger)
      ),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? port) },
      logger: logger
    )
  }
}
