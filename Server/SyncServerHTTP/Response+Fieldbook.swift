import Convergence
import Hummingbird
import SyncProtocol

extension Response {
  /// An answer of frames.
  ///
  /// - Parameters:
  ///   - frames: The frames.
  ///   - request: What is answered; it says whether the body may be compressed.
  ///   - least: The shortest body that is worth it, in bytes.
  /// - Returns: The answer, compressed or not.
  static func frames(_ frames: [Frame], to request: Request, compressedFrom least: Int) -> Response
  {
    bytes(
      Frame.body(frames),
      type: "application/x-ndjson",
      compressed: least,
      for: request
    )
  }

  /// An answer of one JSON value.
  static func json(_ value: Value) -> Response {
    json(value.canonical)
  }

  /// An answer of one JSON value as it is written.
  static func json(_ bytes: [UInt8]) -> Response { self.bytes(bytes, type: "application/json") }

  /// JSON bytes, or 304 where the caller has them already.
  ///
  /// The tag is a weak one: compressed or not, the body says the same (RFC 9110, 8.8.1).
  static func unlessKnown(
    _ bytes: [UInt8],
    to request: Request,
    compressedFrom least: Int
  ) -> Response {
    let tag = "\"\(Hash256.plain(bytes).text)\""
    let known = request.headers[.ifNoneMatch] ?? ""
    var response =
      known.contains(tag)
      ? Response(status: .notModified)
      : Self.bytes(bytes, type: "application/json", compressed: least, for: request)
    response.headers[.eTag] = "W/" + tag
    return response
  }

  /// A whole request that was refused.
  static func problem(_ problem: Problem, retryAfterSeconds: Int) -> Response {
    var response = bytes(problem.body, type: "application/problem+json")
    response.status = .init(code: problem.code.status)
    switch problem.code {
    case .busy, .unavailable:
      if let name = HeaderName.retryAfter { response.headers[name] = "\(retryAfterSeconds)" }
    case .malformed, .nonce, .credential, .code, .notOnVisit, .revoked, .unknown, .epoch,
      .tooLarge, .upgrade:
      break
    }
    return response
  }

  private static func bytes(
    _ bytes: [UInt8],
    type: String,
    compressed least: Int,
    for request: Request
  ) -> Response {
    let small = bytes.count >= least && takesGzip(request) ? try? Gzip.compress(bytes) : nil
    var response = Self.bytes(small ?? bytes, type: type)
    if small != nil { response.headers[.contentEncoding] = "gzip" }
    response.headers[.vary] = "Accept-Encoding"
    return response
  }

  /// Whether whoever asks reads gzip (RFC 9110, 12.5.3); one that says nothing may not.
  private static func takesGzip(_ request: Request) -> Bool {
    (request.headers[.acceptEncoding] ?? "").lowercased().split(separator: ",").contains { coding in
      let parts = coding.split(separator: ";").map { $0.filter { $0 != " " } }
      guard parts.first == "gzip" else { return false }
      return !parts.dropFirst().contains { ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0) }
    }
  }

  private static func bytes(_ bytes: [UInt8], type: String) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    )
  }
}
