import AssessmentModel
import Convergence
import Testing

@Suite("Changing who is on a visit")
struct RosterTests {
  @Test("Somebody who is put on a visit may write, and a later role replaces the earlier")
  func roles() throws {
    var bench = try Bench(devices: ["tablet": Cast.stranger])
    let early = try bench.write("tablet", draft: judgement())
    #expect(bench.effects[early] == .held)
    try bench.serve { try $0.put(Cast.stranger, as: .peer, name: "Sam") }
    #expect(bench.effects[early] == .effective)
    try bench.serve { try $0.put(Cast.stranger, as: .observer, name: "Sam") }
    #expect(bench.effects[early] == .inert(.role))
    let visit = bench.settled()
    #expect(visit.member(Cast.stranger)?.role == .observer)
    #expect(visit.member(Cast.stranger)?.entries.all.count == 1)
  }

  @Test("What a revoked replica wrote beyond the cut is held, whatever came first")
  func revoked() throws {
    var bench = try Bench(devices: ["tablet": Cast.peerA, "phone": Cast.peerA])
    let early = try bench.write("tablet") { try $0.judge(id("XR-304"), .met) }
    let late = try bench.write("tablet") { try $0.judge(id("XR-305"), .met) }
    let other = try bench.write("phone") { try $0.judge(id("XR-306"), .met) }
    let cut = Roster.CutEntry(
      replica: early.replica,
      lastCounter: early.counter,
      hashPrefix: .zero
    )
    try bench.serve { try $0.revoke(early.replica, cut: [cut], because: "Stolen") }
    #expect(bench.effects[early] == .effective)
    #expect(bench.effects[late] == .held)
    #expect(bench.effects[other] == .effective)
    _ = bench.settled()
  }

  @Test("Only somebody who is on a visit can be taken off, and reasons are given")
  func refused() throws {
    let roster = Roster(cells: try Bench(devices: [:]).allCells)
    let error = #expect(throws: EditError.self) { try roster.remove(Cast.stranger, cut: []) }
    #expect(error?.code == .unknownItem)
    #expect(throws: EditError.self) {
      try roster.revoke(Cast.replica(1), cut: [], because: "")
    }
    let zero = Roster.CutEntry(replica: Cast.replica(1), lastCounter: 0, hashPrefix: .zero)
    #expect(throws: EditError.self) { try roster.remove(Cast.lead, cut: [zero]) }
    #expect(throws: EditError.self) { try roster.setTitle("") }
    #expect(throws: Never.self) { try roster.setTitle("Another") }
  }

  private func judgement() throws -> Draft {
    Draft(
      Assignment(
        record: .standard(try id("XR-304")),
        field: "judgement",
        slot: Cast.stranger.text,
        value: Judgement(outcome: .met, edition: "e").value
      )
    )
  }
}
