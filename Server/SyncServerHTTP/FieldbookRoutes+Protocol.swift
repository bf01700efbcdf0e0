import Convergence
import Hummingbird
import Metrics
import SyncProtocol
import SyncServer

extension FieldbookRoutes {
  func health(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    try await server.checkWriting()
    return .json(.object(["status": .string("ok")]))
  }

  func nonce(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    Response(status: .ok)
  }

  func enrol(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    let bytes = try await body.bytes(of: request, atMost: Limits.smallLineBytes)
    let enrolment = try protocolRead { () throws(ProtocolError) in try EnrolRequest(body: bytes) }
    let frames = try await server.enrol(enrolment)
    context.notes.replica = enrolment.key.replicaID.text
    Counter(label: "fieldbook_enrolments").increment()
    return answer(frames, to: request)
  }

  func hello(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    let (caller, bytes) = try await caller(request, context)
    guard case .hello(let value)? = try frames(of: bytes).first else {
      throw Problem(.malformed, "The body is one hello frame.")
    }
    return answer(try await server.hello(try Service.hello(value), from: caller), to: request)
  }

  func visits(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    let (caller, _) = try await caller(request, context)
    let summaries = try await server.visits(of: caller)
    return .unlessKnown(
      VisitSummary.body(summaries),
      to: request,
      compressedFrom: settings.compressedAnswerBytes
    )
  }

  func push(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    let (caller, bytes) = try await caller(request, context)
    return answer(try await server.push(try frames(of: bytes), from: caller), to: request)
  }

  func sync(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    let (caller, bytes) = try await caller(request, context)
    return answer(try await server.sync(try frames(of: bytes), from: caller), to: request)
  }

  func reconcile(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    let (caller, bytes) = try await caller(request, context)
    return answer(try await server.reconcile(try wholeFrames(of: bytes), from: caller), to: request)
  }

  func log(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    let (caller, _) = try await caller(request, context)
    guard let visit = context.parameters.get("visit").flatMap({ VisitID(text: $0) }) else {
      throw Problem(.unknown, "The path names no visit.")
    }
    var cursor: Cursor?
    if let text = request.uri.queryParameters["after"] {
      guard let read = Cursor(text: text) else {
        throw Problem(.malformed, "`after` is a cursor: epoch.position.")
      }
      cursor = read
    }
    var count = Limits.pageBatches
    if let text = request.uri.queryParameters["limit"] {
      guard let read = Int(text), read >= 1 else {
        throw Problem(.malformed, "`limit` is a whole number from 1.")
      }
      count = min(read, Limits.pageBatches)
    }
    return answer(
      try await server.log(of: visit, after: cursor, count: count, for: caller),
      to: request
    )
  }

  func framework(_ request: Request, _ context: FieldbookContext) async throws -> Response {
    guard let id = context.parameters.get("id"), let edition = context.parameters.get("edition"),
      let bytes = frameworkBytes(id, edition)
    else { throw Problem(.unknown, "There is no such edition of a framework on this server.") }
    var response = Response.unlessKnown(
      bytes,
      to: request,
      compressedFrom: settings.compressedAnswerBytes
    )
    response.headers[.cacheControl] = "public, max-age=31536000, immutable"
    return response
  }

  /// Who asks, proved over the request as it was sent, and its body.
  func caller(
    _ request: Request,
    _ context: FieldbookContext
  ) async throws -> (Caller, [UInt8]) {
    let proof = request.headers[.authorization].flatMap { RequestProof(header: $0) }
    // A body without a proof, or with one that is stale already, is not worth reading.
    let isFresh = proof.map { server.nonces.isGood($0.nonce, at: server.clock()) } ?? false
    let bytes = isFresh ? try await body.bytesAsSent(of: request) : []
    let caller = try server.caller(
      proof,
      method: request.method.rawValue,
      target: request.head.path ?? "",
      body: bytes,
      isCompressed: try RequestBodyReader.isCompressed(request)
    )
    context.notes.replica = caller.replica.text
    return (caller, try body.inflated(bytes, of: request))
  }

  private func answer(_ frames: [Frame], to request: Request) -> Response {
    .frames(frames, to: request, compressedFrom: settings.compressedAnswerBytes)
  }

  private func frames(of bytes: [UInt8]) throws -> [Frame] {
    try protocolRead { () throws(ProtocolError) in try FrameReader.frames(of: bytes).frames }
  }

  /// The frames of a body that is of no use in part.
  private func wholeFrames(of bytes: [UInt8]) throws -> [Frame] {
    try protocolRead { () throws(ProtocolError) in
      let read = try FrameReader.frames(of: bytes)
      guard read.isComplete else { throw ProtocolError(.malformed, "the body was cut short") }
      return read.frames
    }
  }

  private func protocolRead<Read>(_ read: () throws(ProtocolError) -> Read) throws(Problem) -> Read
  {
    do throws(ProtocolError) {
      return try read()
    } catch {
      throw Problem(.malformed, error.message)
    }
  }
}
