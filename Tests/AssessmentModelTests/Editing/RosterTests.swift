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

  private func cut(_ dot: Dot) -> [Roster.CutEntry] {
    [Roster.CutEntry(replica: dot.replica, lastCounter: dot.counter, hashPrefix: .zero)]
  }

  @Test(
    "What the server held before a change of role keeps its right, what comes later has the new"
  )
  func change() throws {
    var bench = try Bench(devices: ["tablet": Cast.peerA])
    let early = try bench.write("tablet") { try $0.judge(id("XR-304"), .met) }
    let late = try bench.write("tablet") { try $0.judge(id("XR-305"), .met) }
    try bench.serve { try $0.put(Cast.peerA, as: .observer, name: "Anna", cut: cut(early)) }
    #expect(bench.effects[early] == .effective)
    #expect(bench.effects[late] == .inert(.role))
    let visit = bench.settled()
    #expect(visit.member(Cast.peerA)?.role == .observer)
  }

  @Test("Who is removed and comes back finds what stood as it stood, and what was held in effect")
  func again() throws {
    var bench = try Bench(devices: ["tablet": Cast.lead])
    let early = try bench.write("tablet") { try $0.assign([id("XR-304")], to: Cast.lay) }
    let late = try bench.write("tablet") { try $0.judge(id("XR-305"), .met) }
    try bench.serve { try $0.remove(Cast.lead, cut: cut(early)) }
    #expect(bench.effects[late] == .held)
    try bench.serve { try $0.put(Cast.lead, as: .peer, name: "Lena", cut: cut(late)) }
    #expect(bench.effects[early] == .effective && bench.effects[late] == .effective)
    _ = bench.settled()
  }

  @Test("A new name alone, and a newcomer, need no line")
  func noLine() throws {
    let bench = try Bench(devices: ["tablet": Cast.peerA])
    let roster = Roster(cells: bench.allCells)
    func line(_ draft: Draft) -> Value? {
      guard case .set(let assignment) = draft.action else { return nil }
      return assignment.value["cut"]
    }
    let cut = cut(Cast.dot(1, 1))
    #expect(line(try roster.put(Cast.peerA, as: .peer, name: "Anne", cut: cut)) == nil)
    #expect(line(try roster.put(Cast.stranger, as: .peer, name: "Sam", cut: cut)) == nil)
    #expect(line(try roster.put(Cast.peerA, as: .lead, name: "Anna", cut: [])) == nil)
    #expect(line(try roster.put(Cast.peerA, as: .lead, name: "Anna", cut: cut)) != nil)
  }

  @Test("A decision needs a reason, and takes effect as it says")
  func decisions() throws {
    var bench = try Bench(devices: ["tablet": Cast.peerA])
    let late = try bench.write("tablet") { try $0.judge(id("XR-304"), .met) }
    try bench.serve { try $0.remove(Cast.peerA, cut: []) }
    #expect(bench.effects[late] == .held)
    let range = (first: Int64(1), last: Int64(1), hashPrefix: Bits128.zero)
    try bench.serve { try $0.decide(.refuse, [range], of: late.replica, because: "Not hers") }
    #expect(bench.effects[late] == .held)
    try bench.serve { try $0.decide(.release, [range], of: late.replica, because: "Hers") }
    #expect(bench.effects[late] == .effective)
    try bench.serve { try $0.decide(.release, [], of: late.replica, because: "Not hers") }
    #expect(bench.effects[late] == .held)
    _ = bench.settled()
    #expect(throws: EditError.self) {
      try Roster(cells: bench.allCells).decide(.release, [], of: late.replica, because: "")
    }
  }
}
