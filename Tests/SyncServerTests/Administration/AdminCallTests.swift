import Convergence
import SyncProtocol
import SyncServer
import Testing

@Suite("What an operator asks")
struct AdminCallTests {
  @Test(
    "A wished-for visit survives the way to the daemon",
    arguments: [
      AdminCall.NewVisit(
        title: "Riverside",
        framework: "standards",
        edition: "first",
        service: "Imaging",
        members: [
          AdminCall.NewVisit.Member(person: "Anna: the first", role: "lead"),
          AdminCall.NewVisit.Member(person: "Ben", role: "peer"),
        ]
      ),
      AdminCall.NewVisit(title: "", framework: "", edition: nil, service: nil, members: []),
    ]
  )
  func roundTrip(_ visit: AdminCall.NewVisit) throws {
    #expect(try AdminCall.NewVisit(try StrictJSON.value(of: visit.value.canonical)) == visit)
  }

  @Test("A decision on what is held survives the way to the daemon", arguments: [true, false])
  func decision(isRelease: Bool) throws {
    let decision = AdminCall.Decision(
      isRelease: isRelease,
      visit: VisitID(bits: Bits128(high: 1, low: 2)),
      replica: "Tablet",
      batches: isRelease ? ["2", "x"] : [],
      because: "Asked"
    )
    let read = try Members(try StrictJSON.value(of: decision.value.canonical), of: "request")
    #expect(try AdminCall.Decision(read, visit: decision.visit) == decision)
  }

  @Test("A body without what is needed is refused, naming the member")
  func incomplete() throws {
    let error = #expect(throws: ProtocolError.self) {
      try AdminCall.NewVisit(.object(["title": .string("x"), "members": .list([])]))
    }
    #expect(error?.message.contains("`framework`") == true)
  }
}
