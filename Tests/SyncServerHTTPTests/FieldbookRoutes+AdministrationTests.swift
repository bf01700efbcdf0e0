import Convergence
import Hummingbird
import HummingbirdTesting
import SyncProtocol
import SyncServer
import SyncServerHTTP
import Testing

@Suite("The operator's calls over HTTP")
struct FieldbookRoutesAdministrationTests {
  private func send(
    _ method: HTTPRequest.Method,
    _ target: String,
    _ body: Value = .object([:]),
    token: String? = HTTPBench.token,
    headers: [String: String] = [:],
    by client: any TestClientProtocol
  ) async throws -> TestResponse {
    var fields = HTTPFields()
    if let token { fields[.authorization] = "Bearer \(token)" }
    for (name, value) in headers {
      if let name = HTTPFields.Element.Name(name) { fields[name] = value }
    }
    return try await client.executeRequest(
      uri: "/v1/admin/\(target)",
      method: method,
      headers: fields,
      body: method == .get ? nil : ByteBuffer(bytes: body.canonical)
    )
  }

  @Test(
    "The operator of the machine adds people, issues codes and makes visits",
    arguments: [Way.live, .client]
  )
  func calls(_ way: Way) async throws {
    let bench = try await HTTPBench()
    try await bench.test(way) { client in
      let added = try await send(.post, "people", .object(["name": .string("Ben")]), by: client)
      #expect(added.status == .ok)
      let people = try StrictJSON.value(of: try await send(.get, "people", by: client).bytes)
      #expect(people["people"]?.list?.map { $0["name"]?.string } == ["Anna Rowe", "Ben"])
      let issued = try await send(.post, "codes", .object(["person": .string("Ben")]), by: client)
      let code = try StrictJSON.value(of: issued.bytes)["code"]?.string
      #expect(code.flatMap { EnrolmentCode(text: $0) } != nil)
      let wanted = AdminCall.NewVisit(
        title: "Second",
        framework: "standards",
        edition: nil,
        service: nil,
        members: []
      )
      #expect(try await send(.post, "visits", wanted.value, by: client).status == .ok)
      let visits = try StrictJSON.value(of: try await send(.get, "visits", by: client).bytes)
      let titles = visits["visits"]?.list?.compactMap { $0["title"]?.string }.sorted()
      #expect(titles == ["Riverside", "Second"])
    }
  }

  @Test("Devices are listed and revoked, and what is held is listed, over the same way")
  func devices() async throws {
    let bench = try await HTTPBench()
    try await bench.test(.live) { client in
      let listed = try await send(.post, "devices", by: client)
      #expect(listed.status == .ok)
      #expect(try StrictJSON.value(of: listed.bytes)["devices"]?.list != nil)
      let visit = Value.object(["visit": .string(bench.visit.text)])
      for body in [Value.object([:]), visit] {
        let held = try await send(.post, "holds", body, by: client)
        #expect(try StrictJSON.value(of: held.bytes)["held"]?.list == [])
      }
      let calls: [(String, Value)] = [
        (
          "revocations",
          .object([
            "because": .string("x"), "device": .string("Nobody's"), "except": .list([]),
          ])
        ),
        (
          "joins",
          .object([
            "because": .string("x"), "person": .string("Nobody"), "with": .string("Nobody"),
          ])
        ),
        (
          "visits/\(bench.visit)/roles",
          .object(["person": .string("Nobody"), "role": .string("lead")])
        ),
        (
          "visits/\(bench.visit)/decisions",
          AdminCall.Decision(
            isRelease: true,
            visit: bench.visit,
            replica: "Nobody's",
            batches: [],
            because: "x"
          ).value
        ), ("holds", .object(["visit": .string("no visit")])),
      ]
      for (target, body) in calls {
        #expect(
          try await send(.post, target, body, by: client).problem?.code == .unknown,
          "\(target)"
        )
      }
    }
  }

  @Test("Without the token of the folder nothing is done", arguments: [Way.live, .client])
  func token(_ way: Way) async throws {
    let bench = try await HTTPBench()
    try await bench.test(way) { client in
      for token in [nil, "", "another", HTTPBench.token + "x"] {
        let body = Value.object(["name": .string("Ben")])
        let answer = try await send(.post, "people", body, token: token, by: client)
        #expect(answer.problem?.code == .credential, "\(token ?? "none")")
      }
      let people = try StrictJSON.value(of: try await send(.get, "people", by: client).bytes)
      #expect(people["people"]?.list?.count == 1)
    }
  }

  @Test("What a proxy passed on is answered as if there were no such call")
  func forwarded() async throws {
    let bench = try await HTTPBench()
    try await bench.test(.live) { client in
      for name in ["Forwarded", "X-Forwarded-For", "Via"] {
        let answer = try await send(.get, "people", headers: [name: "for=192.0.2.1"], by: client)
        #expect(answer.problem?.code == .unknown, "\(name)")
      }
    }
  }

  @Test("Whoever does not come from this machine is answered as if there were no such call")
  func notLocal() async throws {
    let bench = try await HTTPBench()
    // Straight into the router there is no connection, and so no address that is this machine's.
    try await bench.test(.router) { client in
      for (method, target) in [
        (HTTPRequest.Method.get, "people"), (.post, "people"), (.post, "codes"),
        (.get, "visits"), (.post, "visits"), (.post, "visits/\(bench.visit)/members"),
        (.post, "visits/\(bench.visit)/removals"), (.post, "visits/\(bench.visit)/roles"),
        (.post, "visits/\(bench.visit)/decisions"), (.post, "joins"), (.post, "devices"),
        (.post, "revocations"), (.post, "holds"),
      ] {
        let answer = try await send(method, target, by: client)
        #expect(answer.problem?.code == .unknown, "\(target)")
      }
    }
  }

  @Test("A call that lacks something is refused, naming it")
  func incomplete() async throws {
    let bench = try await HTTPBench()
    try await bench.test(.live) { client in
      let answer = try await send(.post, "people", by: client)
      #expect(answer.problem?.code == .malformed)
      #expect(answer.problem?.detail.contains("`name`") == true)
    }
  }
}
