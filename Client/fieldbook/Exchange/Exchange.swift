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
    let transport = HTTPTransport(to: try address(url), environment: proxies)
    let store = device.store
    let known = try store.document("device", "nonce")?.string
    var client = SyncClient(
      transport: transport,
      clock: { Environment.clock() },
      random: { Bits128(bytes: Environment.random(16)) ?? .zero },
      nonce: known
    )
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
