package import Hummingbird
package import SyncProtocol

/// Reads the body of a request within its bounds.
package struct RequestBodyReader: Sendable {
  private let settings: HTTPSettings
  private let clock: any Clock<Duration>

  /// Reads within the bounds of some settings.
  package init(settings: HTTPSettings, clock: any Clock<Duration>) {
    self.settings = settings
    self.clock = clock
  }

  /// The whole body of a call that takes none compressed.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - limit: The most bytes; `nil` for what the settings allow.
  /// - Returns: The bytes as sent.
  /// - Throws: ``Problem``: `too-large` with the limit; `malformed` for a coded body or one that
  ///   takes too long or stops short.
  package func bytes(of request: Request, atMost limit: Int? = nil) async throws -> [UInt8] {
    guard try !Self.isCompressed(request) else {
      throw Problem(.malformed, "This call takes no compressed bodies. Send it as it is.")
    }
    return try await collect(request, atMost: limit ?? settings.bodyBytes)
  }

  /// The whole body as sent, which may be compressed: what the proof of a key is over.
  ///
  /// - Throws: ``Problem``, as ``bytes(of:atMost:)`` does.
  package func bytesAsSent(of request: Request) async throws -> [UInt8] {
    let limit = try Self.isCompressed(request) ? settings.compressedBodyBytes : settings.bodyBytes
    return try await collect(request, atMost: limit)
  }

  /// What a body says that was read as sent; who sent it was proved by then.
  ///
  /// - Throws: ``Problem``: `too-large` with the limit, `malformed` for what is damaged.
  package func inflated(_ bytes: [UInt8], of request: Request) throws(Problem) -> [UInt8] {
    guard try Self.isCompressed(request), !bytes.isEmpty else { return bytes }
    do throws(ProtocolError) {
      return try Gzip.inflate(bytes, atMost: settings.bodyBytes)
    } catch {
      guard error.code == .tooLarge else { throw Problem(.malformed, error.message) }
      throw Self.tooLarge(settings.bodyBytes)
    }
  }

  /// Whether a body is compressed.
  ///
  /// - Throws: ``Problem`` `malformed` for any other coding.
  static func isCompressed(_ request: Request) throws(Problem) -> Bool {
    switch (request.headers[.contentEncoding] ?? "").lowercased() {
    case "", "identity": return false
    case "gzip": return true
    default:
      throw Problem(.malformed, "Bodies are sent as they are or with `Content-Encoding: gzip`.")
    }
  }

  private func collect(_ request: Request, atMost limit: Int) async throws -> [UInt8] {
    if let text = request.headers[.contentLength], let length = Int64(text), length > limit {
      throw Self.tooLarge(limit)
    }
    let (timeout, clock) = (settings.bodyTimeout, clock)
    return try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask { try await Self.collect(request.body, atMost: limit) }
      group.addTask {
        try await clock.sleep(for: timeout)
        throw Problem(.malformed, "The body did not arrive within \(timeout).")
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
  }

  private static func collect(_ body: RequestBody, atMost limit: Int) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await buffer in body {
      guard bytes.count + buffer.readableBytes <= limit else { throw tooLarge(limit) }
      bytes.append(contentsOf: buffer.readableBytesView)
    }
    return bytes
  }

  private static func tooLarge(_ limit: Int) -> Problem {
    Problem(.tooLarge, "The body is over \(limit) bytes. Send less at once.", limit: Int64(limit))
  }
}
