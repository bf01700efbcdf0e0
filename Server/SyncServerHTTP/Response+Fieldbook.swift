import Convergence
import Hummingbird
import SyncProtocol

extension Response {
  /// An answer of frames.
  static func frames(_ frames: [Frame]) -> Response {
    bytes(Frame.body(frames), type: "application/x-ndjson")
  }

  /// An answer of one JSON value.
  static func json(_ value: Value) -> Response {
    bytes(value.canonical, type: "application/json")
  }

  /// JSON bytes, or 304 where the caller has them already.
  static func unlessKnown(_ bytes: [UInt8], to request: Request) -> Response {
    let tag = "\"\(Hash256.plain(bytes).text)\""
    let known = request.headers[.ifNoneMatch] ?? ""
    var response =
      known.contains(tag)
      ? Response(status: .notModified) : Self.bytes(bytes, type: "application/json")
    response.headers[.eTag] = tag
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

  private static func bytes(_ bytes: [UInt8], type: String) -> Response {
    Response(
      status: .ok,
      headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
    )
  }
}
