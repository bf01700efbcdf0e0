import Convergence
import Hummingbird
import HummingbirdTesting
import SyncProtocol
import SyncServer
import SyncServerHTTP
import Testing

@Suite("What is new, over HTTP")
struct FieldbookRoutesEventsTests {
  private func settings() -> HTTPSettings {
    var settings = HTTPSettings()
    settings.beat = .milliseconds(20)
    settings.longestStream = .milliseconds(100)
    settings.longestWait = .milliseconds(50)
    return settings
  }

  private func decree(_ title: String, on bench: HTTPBench) async throws {
    let visit = bench.visit
    try await bench.server.administer { (service, store, now) throws(Problem) in
      let draft = Draft(
        Assignment(record: .named("visit"), field: "title", value: .string(title))
      )
      try service.decree([draft], in: visit, now: now, store: store)
    }
  }

  @Test(
    "A stream begins with every visit, shows that it is alive, and ends in time",
    arguments: Way.allCases
  )
  func stream(_ way: Way) async throws {
    let bench = try await HTTPBench(settings: settings())
    try await bench.test(way) { client in
      try await bench.enrol(client)
      let answer = try await bench.proved(.get, "/v1/events", by: client)
      #expect(answer.status == .ok)
      #expect(answer.headers[.contentType] == "text/event-stream")
      var reader = EventReader()
      let events = try reader.take(answer.bytes)
      #expect(events.contains(.poke(Poke(visit: bench.visit, position: 1))))
      #expect(events.count { $0 == .beat } >= 2)
    }
  }

  @Test("What is committed while a stream is open is in it")
  func poked() async throws {
    let bench = try await HTTPBench(settings: settings())
    try await bench.test(.router) { client in
      try await bench.enrol(client)
      async let answer = bench.proved(.get, "/v1/events", by: client)
      for number in 0..<5 {
        try await decree("Title \(number)", on: bench)
      }
      var reader = EventReader()
      let events = try await reader.take(answer.bytes)
      let positions = events.compactMap { event -> Int64? in
        if case .poke(let poke) = event { poke.position } else { nil }
      }
      #expect(positions.last == 6 && positions == positions.sorted(), "\(positions)")
    }
  }

  @Test(
    "A poll is answered at once unless the list is the one that is known",
    arguments: Way.allCases
  )
  func poll(_ way: Way) async throws {
    let bench = try await HTTPBench(settings: settings())
    try await bench.test(way) { client in
      try await bench.enrol(client)
      let first = try await bench.proved(.get, "/v1/events?wait=25", by: client)
      let list = try PokeList(body: first.bytes)
      #expect(list.pokes == [Poke(visit: bench.visit, position: 1)])
      let same = try await bench.proved(.get, "/v1/events?wait=25&name=\(list.name)", by: client)
      #expect(try PokeList(body: same.bytes) == list)
      try await decree("Other", on: bench)
      let next = try await bench.proved(.get, "/v1/events?wait=25&name=\(list.name)", by: client)
      #expect(try PokeList(body: next.bytes).pokes == [Poke(visit: bench.visit, position: 2)])
    }
  }

  @Test("A poll that waits is answered by what is committed")
  func pollWaits() async throws {
    var settings = settings()
    settings.longestWait = .seconds(60)
    let bench = try await HTTPBench(settings: settings)
    try await bench.test(.router) { client in
      try await bench.enrol(client)
      let name = PokeList([Poke(visit: bench.visit, position: 1)]).name
      async let answer = bench.proved(.get, "/v1/events?wait=60&name=\(name)", by: client)
      try await decree("Other", on: bench)
      let pokes = try await PokeList(body: answer.bytes).pokes
      #expect(pokes == [Poke(visit: bench.visit, position: 2)])
    }
  }

  @Test("Listening wants a proof, a wait that is a number, and room")
  func refused() async throws {
    var settings = settings()
    settings.listeners = 0
    let full = try await HTTPBench(settings: settings)
    try await full.test(.router) { client in
      try await full.enrol(client)
      let answer = try await full.proved(.get, "/v1/events", by: client)
      #expect(answer.problem?.code == .busy)
      let stranger = try await client.execute(uri: "/v1/events", method: .get)
      #expect(stranger.status == .unauthorized)
    }
    let bench = try await HTTPBench(settings: self.settings())
    try await bench.test(.router) { client in
      try await bench.enrol(client)
      for wait in ["", "x", "-1", "1.5", "99999999999999999999"] {
        let answer = try await bench.proved(.get, "/v1/events?wait=\(wait)", by: client)
        #expect(answer.problem?.code == .malformed, "\(wait)")
      }
    }
  }
}
