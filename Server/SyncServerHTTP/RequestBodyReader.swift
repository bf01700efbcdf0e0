package import Hummingbird
import SyncProtocol

/// Reads the body of a request within its bounds.
package struct RequestBodyReader: Sendable {
  private let settings: HTTPSettings
  private let clock: any Clock<Duration>

  /// Reads within the bounds of some settings.
  package init(settings: HTTPSettings, clock: any Clock<Duration>) {
    self.settings = settings
    self.clock = clock
  }

  /// The whole body.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - limit: The most bytes; `nil` for what the settings allow.
  /// - Returns: The bytes as sent.
  /// - Throws: ``Problem``: `too-large` with the limit; `malformed` for a coded body or one that
  ///   takes too long or stops short.
  package func bytes(of request: Request, atMost limit: Int? = nil) async throws -> [UInt8] {
    let limit = limit ?? settings.bodyBytes
    guard ["", "identity"].contains(request.headers[.contentEncoding] ?? "") else {
      throw Problem(.malformed, "This server takes no compressed bodies. Send it as it is.")
    }
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
