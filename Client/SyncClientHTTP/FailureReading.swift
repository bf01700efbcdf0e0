import AsyncHTTPClient
import SyncClient

/// Says what a failed request means to the person who waits for it.
struct FailureReading {
  let address: ServerAddress

  /// The failure behind an error of the HTTP client.
  func failure(for error: any Error) -> TransportFailure {
    switch error {
    case let error as HTTPClientError:
      return failure(for: error)
    case is CancellationError:
      return unreachable("it was called off")
    default:
      return failure(forType: String(reflecting: type(of: error)), "\(error)")
    }
  }

  /// The failure where something answered that is no Fieldbook server.
  func stranger(status: Int) -> TransportFailure {
    TransportFailure(
      .notFieldbook,
      "What answers at \(address) is not a Fieldbook server (status \(status)). The network may be "
        + "asking for a login first: open any page in a browser, sign in, and sync again. Nothing "
        + "was sent."
    )
  }

  /// The libraries beneath the HTTP client are not ours to import; their errors are known by name.
  private func failure(forType type: String, _ text: String) -> TransportFailure {
    switch type {
    case "NIOPosix.NIOConnectionError", "NIOCore.IOError":
      TransportFailure(
        .unreachable,
        "Nobody answers at \(address). Check the address and the network; your work is kept."
      )
    case _ where type.hasPrefix("NIOSSL.") && !text.contains("uncleanShutdown"):
      TransportFailure(
        .untrusted,
        "The connection to \(address) cannot be trusted: its certificate is not valid here. Do not "
          + "go on over this network; ask whoever runs the server."
      )
    default:
      unreachable(type)
    }
  }

  private func failure(for error: HTTPClientError) -> TransportFailure {
    switch error {
    case .connectTimeout, .readTimeout, .writeTimeout, .deadlineExceeded, .tlsHandshakeTimeout,
      .httpProxyHandshakeTimeout, .socksHandshakeTimeout, .getConnectionFromPoolTimeout:
      timeout
    case .proxyAuthenticationRequired:
      TransportFailure(
        .notFieldbook,
        "The proxy on the way to \(address) wants a name and a password. Put them in https_proxy."
      )
    default:
      unreachable(error.shortDescription)
    }
  }

  private var timeout: TransportFailure {
    TransportFailure(
      .timeout,
      "No answer came from \(address) in time. The network may be too weak; your work is kept."
    )
  }

  private func unreachable(_ why: String) -> TransportFailure {
    TransportFailure(
      .unreachable,
      "The connection to \(address) failed (\(why)). Try again later; your work is kept."
    )
  }
}
