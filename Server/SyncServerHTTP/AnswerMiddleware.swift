import Hummingbird
import Logging
import Metrics
import SyncProtocol
import SyncServer

/// What every answer has in common: the headers that say it is ours, one form for every refusal,
/// one line in the log and one count.
///
/// The log names the method, the path as the routes write it, the status, the duration and the
/// replica: never a body, a name, a token, a nonce or a text of an assessment.
struct AnswerMiddleware: RouterMiddleware {
  let server: SyncServer
  let settings: HTTPSettings
  let clock: any Clock<Duration>

  func handle(
    _ request: Request,
    context: FieldbookContext,
    next: @concurrent (Request, FieldbookContext) async throws -> Response
  ) async throws -> Response {
    let started = Stopwatch(clock)
    var response: Response
    do {
      response = try await next(request, context)
    } catch {
      response = .problem(
        problem(for: error, context: context),
        retryAfterSeconds: settings.retryAfterSeconds
      )
    }
    if let name = HeaderName.fieldbook { response.headers[name] = "1" }
    if let name = HeaderName.nonce {
      response.headers[name] = server.nonces.make(at: server.clock())
    }
    if !response.headers.contains(.cacheControl) { response.headers[.cacheControl] = "no-store" }
    record(request, context, status: response.status.code, duration: started.elapsed)
    return response
  }

  /// The refusal behind an error, whatever raised it.
  private func problem(for error: any Error, context: FieldbookContext) -> Problem {
    switch error {
    case let problem as Problem:
      return problem
    case let error as ProtocolError:
      return Problem(.malformed, error.message)
    case let error as HTTPError where error.status == .notFound:
      return Problem(.unknown, "There is no such call on this server.")
    case let error as HTTPError where error.status == .contentTooLarge:
      return Problem(.tooLarge, "The request is too large.", limit: Int64(settings.bodyBytes))
    case is CancellationError:
      return Problem(.unavailable, "The server is stopping. Try again.")
    default:
      context.logger.error("unexpected error", metadata: ["error": "\(type(of: error))"])
      return Problem(.unavailable, "The server could not do that. Its log says more.")
    }
  }

  private func record(
    _ request: Request,
    _ context: FieldbookContext,
    status: Int,
    duration: Duration
  ) {
    let path = context.endpointPath ?? "unknown"
    let (seconds, attoseconds) = duration.components
    let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    var metadata: Logger.Metadata = [
      "method": "\(request.method.rawValue)", "path": "\(path)", "status": "\(status)",
      "us": "\(microseconds)",
    ]
    if let replica = context.notes.replica { metadata["replica"] = "\(replica)" }
    context.logger.log(level: status >= 500 ? .error : .info, "request", metadata: metadata)
    let dimensions = [
      ("method", request.method.rawValue), ("path", path), ("status", "\(status)"),
    ]
    Counter(label: "fieldbook_requests", dimensions: dimensions).increment()
    Timer(label: "fieldbook_request_duration", dimensions: [("path", path)])
      .recordMicroseconds(microseconds)
  }
}
