import Hummingbird
import ServiceLifecycle
import SyncProtocol
import SyncServer

/// What is new, as it happens (section 9.13): a stream of events, or one answer at a time.
extension FieldbookRoutes {
  func events(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    let (caller, _) = try await caller(request, context)
    let listener = try await server.listen(for: caller, atMost: settings.listeners)
    if let text = request.uri.queryParameters["wait"] {
      guard let seconds = Int64(text), seconds >= 0 else {
        throw Problem(.malformed, "`wait` is a number of seconds.")
      }
      let wait = min(.seconds(min(seconds, 3_600)), settings.longestWait)
      let name = request.uri.queryParameters["name"].map(String.init)
      return .json(try await poll(caller, listener, unlike: name, wait: wait))
    }
    let first = try await pokes(of: caller).pokes
    let headers: HTTPFields = [.contentType: "text/event-stream"]
    var response = Response(status: .ok, headers: headers, body: stream(listener, first))
    // nginx would otherwise keep the pieces until it has a page full of them.
    if let name = HeaderName.accelBuffering { response.headers[name] = "no" }
    return response
  }

  private func pokes(of caller: Caller) async throws -> PokeList {
    PokeList(
      try await server.visits(of: caller).map { summary in
        Poke(visit: summary.visit, position: summary.digest.position)
      }
    )
  }

  /// Answers as soon as the list is another one than the caller knows, or when it has waited enough.
  private func poll(
    _ caller: Caller,
    _ listener: Listener,
    unlike name: String?,
    wait: Duration
  ) async throws -> [UInt8] {
    let list = try await pokes(of: caller)
    guard list.name == name else { return list.body }
    let clock = clock
    let alarm = Task {
      try? await clock.sleep(for: wait)
      listener.finish()
    }
    defer { alarm.cancel() }
    await withGracefulShutdownHandler {
      for await _ in listener.rings { break }
    } onGracefulShutdown: {
      listener.finish()
    }
    return try await pokes(of: caller).body
  }

  /// Pokes as they come, and a beat where none does, until the connection or its time ends.
  private func stream(_ listener: Listener, _ first: [Poke]) -> ResponseBody {
    let (clock, settings) = (clock, settings)
    return ResponseBody { writer in
      let watch = Stopwatch(clock)
      let heart = Task {
        while !Task.isCancelled {
          try await clock.sleep(for: settings.beat)
          listener.ring()
        }
      }
      defer { heart.cancel() }
      try await writer.write(ByteBuffer(bytes: Poke.beat + first.flatMap(\.event)))
      try await withGracefulShutdownHandler {
        for await _ in listener.rings {
          let pokes = listener.take()
          let bytes = pokes.isEmpty ? Poke.beat : pokes.flatMap(\.event)
          try await writer.write(ByteBuffer(bytes: bytes))
          // Whoever was removed or revoked meanwhile is asked for a new proof now and then.
          if watch.elapsed >= settings.longestStream { break }
        }
      } onGracefulShutdown: {
        listener.finish()
      }
      try await writer.finish(nil)
    }
  }
}
