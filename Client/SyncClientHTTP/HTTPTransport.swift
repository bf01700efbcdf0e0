import AsyncHTTPClient
import NIOCore
import NIOHTTP1
public import SyncClient
import SyncProtocol

/// Carries requests to a server over HTTP.
///
/// Only an answer with the header `Fieldbook` is an answer. Redirects are not followed: a network
/// that asks for a login first redirects, a Fieldbook server never does.
public final class HTTPTransport: Transport {
  /// The address of the server, without a slash at its end.
  public let address: ServerAddress

  private let client: HTTPClient
  private let settings: HTTPTransportSettings

  /// Prepares to talk to a server; nothing is sent before the first request.
  ///
  /// - Parameters:
  ///   - address: Where the server is.
  ///   - settings: Timeouts and bounds.
  ///   - environment: Where the names of proxies are looked up, as `curl` does.
  public init(
    to address: ServerAddress,
    settings: HTTPTransportSettings = HTTPTransportSettings(),
    environment: [String: String] = [:]
  ) {
    self.address = address
    self.settings = settings
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow,
      timeout: HTTPClient.Configuration.Timeout(
        connect: .seconds(settings.connectSeconds),
        read: .seconds(settings.silenceSeconds),
        write: .seconds(settings.silenceSeconds)
      ),
      proxy: ProxyChoice(for: address, environment: environment)?.proxy
    )
    configuration.httpVersion = .http1Only
    // Whether and when to try again is the engine's decision.
    configuration.connectionPool.retryConnectionEstablishment = false
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Carries one request.
  ///
  /// - Throws: ``TransportFailure`` where no answer of a Fieldbook server came back.
  public func send(
    _ request: TransportRequest
  ) async throws(TransportFailure) -> TransportAnswer {
    let response = try await execute(httpRequest(request), within: settings.totalSeconds)
    let (body, bytesOnWire) = await body(of: response)
    return TransportAnswer(
      status: Int(response.status.code),
      body: body,
      bytesOnWire: bytesOnWire,
      nonce: response.headers.first(name: "Fieldbook-Nonce"),
      retryAfterSeconds: response.headers.first(name: "Retry-After").flatMap { Int($0) }
    )
  }

  /// Opens an answer that goes on.
  ///
  /// It ends when the connection is silent for too long, or when more pieces wait than
  /// `HTTPTransportSettings.waitingPieces`.
  ///
  /// - Throws: ``TransportFailure`` where no answer of a Fieldbook server came back.
  public func open(
    _ request: TransportRequest
  ) async throws(TransportFailure) -> TransportStream {
    var carried = httpRequest(request)
    carried.headers.remove(name: "Accept-Encoding")
    let response = try await execute(carried, within: settings.streamSeconds)
    let (pieces, source) = AsyncStream.makeStream(
      of: [UInt8].self,
      bufferingPolicy: .bufferingOldest(settings.waitingPieces)
    )
    let pump = Task {
      defer { source.finish() }
      for try await buffer in response.body {
        guard case .enqueued = source.yield(Array(buffer.readableBytesView)) else { return }
      }
    }
    source.onTermination = { _ in pump.cancel() }
    let type = response.headers.first(name: "Content-Type") ?? ""
    return TransportStream(
      status: Int(response.status.code),
      contentType: type.prefix { $0 != ";" }.lowercased().filter { $0 != " " },
      nonce: response.headers.first(name: "Fieldbook-Nonce"),
      retryAfterSeconds: response.headers.first(name: "Retry-After").flatMap { Int($0) },
      pieces: pieces
    )
  }

  /// Executes a request until the head of an answer of ours has come.
  private func execute(
    _ request: HTTPClientRequest,
    within seconds: Int64
  ) async throws(TransportFailure) -> HTTPClientResponse {
    let response: HTTPClientResponse
    do {
      response = try await client.execute(request, timeout: .seconds(seconds))
    } catch {
      throw FailureReading(address: address).failure(for: error)
    }
    guard response.headers.contains(name: "Fieldbook") else {
      throw FailureReading(address: address).stranger(status: Int(response.status.code))
    }
    return response
  }

  /// Closes the connections; call it before letting go.
  ///
  /// Nothing may be sent afterwards.
  public func shutdown() async {
    // What can fail here is closing what is closed already.
    try? await client.shutdown()
  }

  private func httpRequest(_ request: TransportRequest) -> HTTPClientRequest {
    var carried = HTTPClientRequest(url: address.text + request.target)
    carried.method = HTTPMethod(rawValue: request.method)
    carried.headers.add(name: "Fieldbook", value: "1")
    carried.headers.add(name: "Accept-Encoding", value: "gzip")
    if let authorization = request.authorization {
      carried.headers.add(name: "Authorization", value: authorization)
    }
    if request.method != "GET" {
      carried.headers.add(name: "Content-Type", value: request.contentType)
      if request.isCompressed { carried.headers.add(name: "Content-Encoding", value: "gzip") }
      carried.body = .bytes(request.body)
    }
    return carried
  }

  /// The body, or what arrived of it before it was cut, damaged or grew beyond the bound; and how many
  /// bytes it was on the way.
  ///
  /// Whole batches that came before a cut are good; the `end` frame tells whether all came.
  private func body(of response: HTTPClientResponse) async -> (bytes: [UInt8], onWire: Int) {
    let isCompressed = response.headers.first(name: "Content-Encoding")?.lowercased() == "gzip"
    let inflater = isCompressed ? try? Inflater(atMost: settings.answerBytes) : nil
    var bytes: [UInt8] = []
    var onWire = 0
    do {
      for try await buffer in response.body {
        onWire += buffer.readableBytes
        guard let inflater else {
          let room = settings.answerBytes - bytes.count
          bytes.append(contentsOf: buffer.readableBytesView.prefix(room))
          if bytes.count == settings.answerBytes { break }
          continue
        }
        _ = try inflater.take(Array(buffer.readableBytesView)[...], into: &bytes)
        if inflater.isAtEnd { break }
      }
    } catch {
      return (bytes, onWire)
    }
    return (bytes, onWire)
  }
}
