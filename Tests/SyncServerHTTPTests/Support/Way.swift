import HummingbirdTesting

/// The ways to a server that the same tests go.
enum Way: String, CaseIterable, Sendable {
  /// Straight into the router.
  case router

  /// Over a socket, with the simplest client.
  case live

  /// Over a socket, with the client that our own transport uses.
  case client

  var setup: TestingSetup {
    switch self {
    case .router: .router
    case .live: .live
    case .client: .ahc()
    }
  }
}
