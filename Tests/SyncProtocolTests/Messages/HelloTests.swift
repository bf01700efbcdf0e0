import Convergence
import SyncProtocol
import Testing

@Suite("Hello of a client")
struct HelloTests {
  private func hello(held: Bits128?) -> Hello {
    Hello(
      client: "fieldbook 1",
      model: 1,
      clock: -3,
      held: held,
      proposed: Bits128(high: 5, low: 6),
      receipt: held.map { _ in "AAAA" },
      visits: [
        Hello.Progress(visit: Samples.visit, cursor: nil, digest: nil),
        Hello.Progress(
          visit: Samples.visit,
          cursor: Cursor(epoch: Samples.epoch, position: 4),
          digest: Samples.hash(1)
        ),
        Hello.Progress(
          visit: Samples.visit,
          cursor: Cursor(epoch: Samples.epoch, position: 4),
          digest: Samples.hash(1),
          intake: Bits128(high: 7, low: 8)
        ),
      ],
      outbound: [Hello.Outbound(visit: Samples.visit, replica: Samples.replica, lastCounter: 9)]
    )
  }

  @Test("It is read as it was written", arguments: [nil, Bits128(high: 1, low: 2)])
  func roundTrip(held: Bits128?) throws {
    let hello = hello(held: held)
    #expect(try Hello(hello.value) == hello)
  }

  @Test("A client that speaks only later versions is told so, others are malformed")
  func refused() throws {
    func changed(_ key: String, _ value: Value?) throws -> Value {
      guard case .map(let map) = hello(held: nil).value else { return .bool(false) }
      var members = map.members.filter { $0.key != key }
      if let value { members.append(Value.Map.Member(key: key, value: value)) }
      return .map(try #require(Value.Map(members)))
    }
    func code(_ value: Value) -> ProtocolError.Code? {
      (#expect(throws: ProtocolError.self) { try Hello(value) })?.code
    }
    func stream(_ counter: Int64) -> Value {
      .list([.string(Samples.visit.text), .string(Samples.replica.text), .int(counter)])
    }
    #expect(try Hello(changed("outbound", .list([stream(1)]))).outbound.map(\.lastCounter) == [1])
    #expect(code(try changed("v", .list([.int(2)]))) == .version)
    #expect(try Hello(changed("v", .list([.int(2), .int(1)]))).model == 1)
    for (key, value) in [
      ("v", nil), ("client", .string(String(repeating: "x", count: 201))), ("model", .int(0)),
      ("clock", .string("now")), ("propose", nil), ("propose", .string("AA")),
      ("held", .string("AA")), ("receipt", .string("")), ("receipt", .string("a b")),
      ("receipt", .int(1)),
      ("receipt", .string(String(repeating: "A", count: Limits.receiptBytes + 4))), ("visits", nil),
      ("visits", .list([.list([])])),
      ("visits", .list([.list([.string("x")])])), ("outbound", .int(1)),
      ("outbound", .list([.list([.string(Samples.visit.text)])])),
      ("outbound", .list([stream(0)])), ("outbound", .list([stream(1 << 53)])),
      ("outbound", .list(Array(repeating: stream(1), count: Limits.outboundStreams + 1))),
      ("visits", .list([.list([.string(Samples.visit.text), .string(Samples.epoch.text)])])),
    ] as [(String, Value?)] {
      #expect(code(try changed(key, value)) == .malformed, "\(key)")
    }
  }
}
