import Hummingbird
import SyncProtocol
import Synchronization

/// Turns requests away while too many are worked on, so that memory and waiting stay bounded.
final class BusyMiddleware: RouterMiddleware {
  typealias Context = FieldbookContext

  private let settings: HTTPSettings
  private let count = Mutex(0)

  init(settings: HTTPSettings) { self.settings = settings }

  func handle(
    _ request: Request,
    context: FieldbookContext,
    next: @concurrent (Request, FieldbookContext) async throws -> Response
  ) async throws -> Response {
    let isAdmitted = count.withLock { count in
      guard count < settings.requests else { return false }
      count += 1
      return true
    }
    guard isAdmitted else {
      throw Problem(.busy, "The server works on \(settings.requests) requests. Try again later.")
    }
    defer { count.withLock { $0 -= 1 } }
    return try await next(request, context)
  }
}
