public import SyncProtocol

extension SyncClient {
  /// Listens to the server until the connection ends (section 9.13).
  ///
  /// Where the way to the server carries no streams, or kept one back until it ended, it polls from
  /// then on: the same is heard, one answer at a time.
  ///
  /// - Parameters:
  ///   - key: The device's key.
  ///   - hear: Called with what is new; at first with every visit of the person, also of what the
  ///     device has already. With nothing at all it shows that the line is alive.
  /// - Throws: ``SyncFailure``: `noAnswer`, `refused`, `badAnswer`. A stream that ends throws nothing.
  public mutating func listen(
    key: SigningKey,
    hear: ([Poke]) async -> Void
  ) async throws(SyncFailure) {
    if polls { return try await poll(key, hear) }
    let stream: TransportStream
    do throws(SyncFailure) {
      stream = try await open("/v1/events", key)
    } catch {
      guard error.transport == .unsupported else { throw error }
      polls = true
      return try await poll(key, hear)
    }
    var reader = EventReader()
    var hasHeard = false
    for await piece in stream.pieces {
      let events: [EventReader.Event]
      do throws(ProtocolError) {
        events = try reader.take(piece)
      } catch {
        throw SyncFailure(.badAnswer, "What the server tells does not read: \(error.message).")
      }
      guard !events.isEmpty else { continue }
      hasHeard = true
      await hear(
        events.compactMap { if case .poke(let poke) = $0 { poke } else { nil } }
      )
    }
    // Something on the way collects what should have come piece by piece.
    polls = !hasHeard
  }

  /// Asks again and again, each time waiting at the server until there is something new.
  private mutating func poll(
    _ key: SigningKey,
    _ hear: ([Poke]) async -> Void
  ) async throws(SyncFailure) {
    var known: PokeList?
    while !Task.isCancelled {
      let name = known.map { "&name=\($0.name)" } ?? ""
      let target = "/v1/events?wait=\(Self.pollSeconds)\(name)"
      let answer = try await proved("GET", target, body: [], key: key)
      try Self.check(answer)
      let list: PokeList
      do throws(ProtocolError) {
        list = try PokeList(body: answer.body)
      } catch {
        throw SyncFailure(.badAnswer, "What the server tells does not read: \(error.message).")
      }
      let old = Set(known?.pokes ?? [])
      known = list
      await hear(list.pokes.filter { !old.contains($0) })
    }
  }

  /// How long the server may wait before it answers a poll, in seconds.
  private static let pollSeconds = 25

  /// Opens a stream with the proof of the key.
  private mutating func open(
    _ target: String,
    _ key: SigningKey
  ) async throws(SyncFailure) -> TransportStream {
    var call = ProvedCall("GET", target, body: [], key: key, nonce: nonce)
    while true {
      let request = try call.request(nonce: nonce)
      guard request.target == target else {
        _ = call.isAnswered(by: try await send(request))
        continue
      }
      let stream: TransportStream
      do throws(TransportFailure) {
        stream = try await transport.open(request)
      } catch {
        throw SyncFailure(error)
      }
      note(nonce: stream.nonce)
      if stream.status < 400, stream.contentType == "text/event-stream" { return stream }
      var body: [UInt8] = []
      for await piece in stream.pieces where body.count < Limits.smallLineBytes { body += piece }
      let answer = TransportAnswer(
        status: stream.status,
        body: body,
        nonce: stream.nonce,
        retryAfterSeconds: stream.retryAfterSeconds
      )
      guard call.isAnswered(by: answer) else { continue }
      try Self.check(answer)
      throw SyncFailure(
        TransportFailure(.unsupported, "The server answers with something other than events.")
      )
    }
  }
}
