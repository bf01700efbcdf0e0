import Convergence
import Hummingbird
import SyncProtocol
import SyncServer

extension FieldbookRoutes {
  /// The routes for the server's own command line (section 9.11).
  func addAdministration(to group: RouterGroup<FieldbookContext>) {
    group.get("people") { request, context in
      try await carryOut(.people, request, context)
    }
    group.post("people") { request, context in
      let members = try await members(of: request, context)
      return try await carryOut(.addPerson(name: try members.string("name")), request, context)
    }
    group.post("codes") { request, context in
      let members = try await members(of: request, context)
      return try await carryOut(.issueCode(person: try members.string("person")), request, context)
    }
    group.get("visits") { request, context in
      try await carryOut(.visits, request, context)
    }
    group.post("visits") { request, context in
      let value = try await value(of: request, context)
      return try await carryOut(.createVisit(try AdminCall.NewVisit(value)), request, context)
    }
    group.post("gaps") { request, context in
      let value = try await value(of: request, context)
      return try await carryOut(.declareGap(try GapDeclaration(value)), request, context)
    }
    group.post("visits/:visit/members") { request, context in
      let members = try await members(of: request, context)
      let call = AdminCall.addMember(
        visit: try visit(context),
        person: try members.string("person"),
        role: try members.string("role")
      )
      return try await carryOut(call, request, context)
    }
    group.post("visits/:visit/removals") { request, context in
      let members = try await members(of: request, context)
      let call = AdminCall.removeMember(
        visit: try visit(context),
        person: try members.string("person"),
        because: try members.string("because")
      )
      return try await carryOut(call, request, context)
    }
    group.post("bundles") { request, context in
      try checkOperator(request, context)
      // A bundle is larger than what a device may send; the token was looked at first.
      let limit = Limits.bundleFileBytes / 3 * 4 + 4_096
      let value = try StrictJSON.value(of: try await body.bytes(of: request, atMost: limit))
      guard let bytes = Text64.decode(try Members(value, of: "request").string("file")) else {
        throw Problem(.malformed, "The file is not written as base64url.")
      }
      return try await carryOut(.importBundle(bytes), request, context)
    }
    addPeopleAndHolds(to: group)
  }

  /// The routes about who may write: roles, people who are one, devices, what is held.
  private func addPeopleAndHolds(to group: RouterGroup<FieldbookContext>) {
    group.post("visits/:visit/roles") { request, context in
      let members = try await members(of: request, context)
      let call = AdminCall.changeRole(
        visit: try visit(context),
        person: try members.string("person"),
        role: try members.string("role")
      )
      return try await carryOut(call, request, context)
    }
    group.post("joins") { request, context in
      let members = try await members(of: request, context)
      let call = AdminCall.joinPeople(
        person: try members.string("person"),
        with: try members.string("with"),
        because: try members.string("because")
      )
      return try await carryOut(call, request, context)
    }
    group.post("devices") { request, context in
      let members = try await members(of: request, context)
      let person = members.has("person") ? try members.string("person") : nil
      return try await carryOut(.devices(person: person), request, context)
    }
    group.post("revocations") { request, context in
      let members = try await members(of: request, context)
      let call = AdminCall.revokeDevice(
        device: try members.string("device"),
        sparing: try members.list("except").compactMap(\.string),
        because: try members.string("because")
      )
      return try await carryOut(call, request, context)
    }
    group.post("holds") { request, context in
      let members = try await members(of: request, context)
      let visit = members.has("visit") ? VisitID(text: try members.string("visit")) : nil
      if visit == nil, members.has("visit") {
        throw Problem(.unknown, "The request names no visit.")
      }
      return try await carryOut(.holds(visit: visit), request, context)
    }
    group.post("visits/:visit/decisions") { request, context in
      let decision = try AdminCall.Decision(
        try await members(of: request, context),
        visit: try visit(context)
      )
      return try await carryOut(.decide(decision), request, context)
    }
  }

  private func carryOut(
    _ call: AdminCall,
    _ request: Request,
    _ context: FieldbookContext
  ) async throws -> Response {
    try checkOperator(request, context)
    let administration = administration
    let answer = try await server.administer { (service, store, now) throws(Problem) in
      try administration.answer(call, service: service, store: store, now: now)
    }
    return .json(answer)
  }

  /// Lets only the operator of this machine through.
  ///
  /// A proxy on the same machine makes everybody look local, so whatever says that it was forwarded
  /// is refused too; the token is what counts in the end.
  private func checkOperator(_ request: Request, _ context: FieldbookContext) throws(Problem) {
    let isForwarded = [HeaderName.forwarded, HeaderName.forwardedFor, HeaderName.via].contains {
      name in
      name.map { request.headers.contains($0) } ?? false
    }
    guard context.isLocal, !isForwarded else {
      throw Problem(.unknown, "There is no such call on this server.")
    }
    let scheme = "Bearer "
    guard let header = request.headers[.authorization], header.hasPrefix(scheme),
      // Comparing hashes tells nothing about the token by the time it takes.
      Hash256.plain(Array(header.dropFirst(scheme.count).utf8)) == adminToken
    else { throw Problem(.credential, "The token is not that of this server's folder.") }
  }

  private func value(of request: Request, _ context: FieldbookContext) async throws -> Value {
    try checkOperator(request, context)
    return try StrictJSON.value(of: try await body.bytes(of: request))
  }

  private func members(of request: Request, _ context: FieldbookContext) async throws -> Members {
    try Members(try await value(of: request, context), of: "request")
  }

  private func visit(_ context: FieldbookContext) throws(Problem) -> VisitID {
    guard let visit = context.parameters.get("visit").flatMap({ VisitID(text: $0) }) else {
      throw Problem(.unknown, "The path names no visit.")
    }
    return visit
  }
}
