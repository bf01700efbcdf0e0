import Convergence
import OperationStore
import SyncClient
import SyncClientHTTP
import SyncProtocol

/// What the three commands that use the network have in common.
enum Exchange {
  /// Talks to a server, and closes the connections whatever comes of it.
  ///
  /// The server's nonce is kept from one command to the next: it saves a round trip.
  static func talk<Result>(
    to url: String,
    of device: Device,
    _ body: (inout SyncClient) async throws -> Result
  ) async throws -> Result {
    let transport = try transport(to: url)
    let store = device.store
    let known = try store.document("device", "nonce")?.string
    var client = client(over: transport, nonce: known)
    let result: Result
    do {
      result = try await body(&client)
    } catch {
      await transport.shutdown()
      throw error
    }
    await transport.shutdown()
    if let nonce = client.nonce, nonce != known {
      try store.setDocument("device", "nonce", .string(nonce))
    }
    return result
  }

  /// A way to a server; whoever asks for it shuts it down.
  static func transport(to url: String) throws(CommandFailure) -> HTTPTransport {
    HTTPTransport(to: try address(url), environment: proxies)
  }

  /// What speaks over it.
  static func client(over transport: HTTPTransport, nonce: String?) -> SyncClient {
    SyncClient(
      transport: transport,
      clock: { Environment.clock() },
      random: { chance() },
      nonce: nonce
    )
  }

  /// Sixteen random bytes.
  static func chance() -> Bits128 { Bits128(bytes: Environment.random(16)) ?? .zero }

  /// Reads the address that a person typed.
  static func address(_ url: String) throws(CommandFailure) -> ServerAddress {
    guard let address = ServerAddress(url) else {
      throw .refused(
        "\"\(url)\" is no address of a server. Write it as https://review.example or http://host:port."
      )
    }
    return address
  }

  private static var proxies: [String: String] {
    var found: [String: String] = [:]
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
      for name in [name, name.uppercased()] { found[name] = Environment[name] }
    }
    return found
  }
}
