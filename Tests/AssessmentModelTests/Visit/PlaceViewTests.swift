import AssessmentModel
import Convergence
import Testing

@Suite("What is said of a standard at one place")
struct PlaceViewTests {
  private let team = [
    "lead": Cast.lead, "tablet A": Cast.peerA, "phone A": Cast.peerA, "tablet B": Cast.peerB,
  ]

  @Test(
    "C12, R7: met at one location and not met at another is no dispute and no overall judgement"
  )
  func c12() throws {
    var bench = try Bench(devices: team)
    let main = try bench.write("lead") { try $0.addLocation("Main", kind: .main) }
    let mobile = try bench.write("lead") { try $0.addLocation("Van", kind: .mobile) }
    try bench.sync("lead", "tablet A", "tablet B")
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met, at: main) }
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .notMet, at: mobile) }
    let visit = bench.settled()
    let standard = try visit.at("XR-304")
    #expect(standard.teamView == .notJudged)
    #expect(standard.locations.map(\.location) == [main, mobile])
    #expect(standard.locations.map(\.teamView) == [.oneView(.met), .oneView(.notMet)])
    #expect(visit.open.isEmpty)
    #expect(visit.progress.judged == 0)
    try bench.sync("lead", "tablet A", "tablet B")
    try bench.write("lead") { try $0.judge(id("XR-304"), .notMet, because: "One is not") }
    let after = try bench.settled().at("XR-304")
    #expect(after.teamView == .oneView(.notMet))
    #expect(after.locations.map(\.teamView) == [.oneView(.met), .oneView(.notMet)])
  }

  @Test("C12: a judgement of the whole never disputes one of a location")
  func wholeAndLocation() throws {
    var bench = try Bench(devices: team)
    let main = try bench.write("lead") { try $0.addLocation("Main", kind: .main) }
    try bench.sync("lead", "tablet A", "tablet B")
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .notMet, at: main) }
    let standard = try bench.settled().at("XR-304")
    #expect(standard.places.map(\.teamView) == [.oneView(.met), .oneView(.notMet)])
  }

  @Test("C13: after a judgement is withdrawn the standard is not judged, and its evidence stays")
  func c13() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.sync("tablet A", "tablet B")
    try bench.write("tablet A") { try $0.withdraw(id("XR-304"), because: "Too early") }
    try bench.write("tablet B") { try $0.addEvidence("Photo", supports: [id("XR-304")]) }
    let visit = bench.settled()
    let standard = try visit.at("XR-304")
    #expect(standard.teamView == .notJudged)
    #expect(!standard.whole.isJudged)
    #expect(visit.progress.judged == 0)
    #expect(standard.evidence.map(\.name) == ["Photo"])
    #expect(standard.whole.slot(of: Cast.peerA)?.versions.only?.because == "Too early")
  }

  @Test("C15: one person's two versions are theirs to choose between and no dissent")
  func c15() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met, because: "Morning") }
    try bench.write("phone A") { try $0.judge(id("XR-304"), .notMet, because: "Evening") }
    let visit = bench.settled()
    #expect(try visit.at("XR-304").teamView == .selfConflict)
    #expect(visit.progress.selfConflict == 1 && visit.progress.disputed == 0)
    #expect(visit.incomplete.contains { $0.kind == .selfConflict && $0.people == [Cast.peerA] })
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .met) }
    let withOther = try bench.settled().at("XR-304")
    #expect(withOther.teamView == .selfConflict)
    #expect(withOther.whole.slots.compactMap(\.counted?.outcome) == [.met])
    try bench.sync("tablet A", "phone A")
    let choices = try Editor(
      cells: bench.cells("phone A"),
      me: Cast.peerA,
      framework: nil
    ).choices(id("XR-304"))
    #expect(choices.count == 2)
    let first = try #require(choices.first { $0.content.outcome == .met })
    try bench.write("phone A") { try $0.choose(first.dot, for: id("XR-304")) }
    let settled = try bench.settled().at("XR-304")
    #expect(settled.teamView == .agreed(.met))
    #expect(settled.whole.slot(of: Cast.peerA)?.counted?.because == "Morning")
  }

  @Test("C15: a self-conflict neither makes nor ends a dispute between the others")
  func conflictBesideDispute() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.write("phone A") { try $0.judge(id("XR-304"), .notMet) }
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .met) }
    try bench.write("lead") { try $0.judge(id("XR-304"), .notMet) }
    let standard = try bench.settled().at("XR-304")
    #expect(standard.teamView == .disputed(.outcome))
    #expect(standard.whole.slot(of: Cast.peerA)?.standing == .selfConflict)
  }

  @Test("Versions of one's own that say the same are no self-conflict")
  func equalVersions() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met, because: "Seen") }
    try bench.write("phone A") { try $0.judge(id("XR-304"), .met, because: "Seen") }
    let standard = try bench.settled().at("XR-304")
    #expect(standard.teamView == .oneView(.met))
    #expect(standard.whole.slots[0].versions.all.count == 2)
  }

  @Test("Choosing among versions that were all cited leaves a resolution as it was")
  func choosingIsNoChange() throws {
    var bench = try Bench(devices: team)
    let first = try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.write("phone A") { try $0.judge(id("XR-304"), .notMet) }
    try bench.sync("tablet A", "phone A", "lead")
    try bench.write("lead") { try $0.resolve(id("XR-304"), as: .met, because: "Both seen") }
    #expect(try bench.settled().at("XR-304").teamView == .resolved(.met))
    // Both of the owner's devices choose among the two, each in its own way.
    try bench.write("tablet A") { try $0.choose(first, for: id("XR-304")) }
    #expect(try bench.settled().at("XR-304").teamView == .resolved(.met))
    let second = try #require(
      Editor(cells: bench.cells("phone A"), me: Cast.peerA, framework: nil)
        .choices(id("XR-304")).first { $0.content.outcome == .notMet }
    )
    try bench.write("phone A") { try $0.choose(second.dot, for: id("XR-304")) }
    #expect(try bench.settled().at("XR-304").teamView == .resolved(.met))
  }

  @Test("Choosing among versions of which one was never cited makes a resolution stale")
  func choosingTheUncited() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.sync("tablet A", "lead")
    try bench.write("lead") { try $0.resolve(id("XR-304"), as: .met, because: "Seen") }
    let unseen = try bench.write("phone A") { try $0.judge(id("XR-304"), .notMet) }
    try bench.sync("tablet A", "phone A")
    try bench.write("phone A") { try $0.choose(unseen, for: id("XR-304")) }
    #expect(try bench.settled().at("XR-304").teamView == .stale)
  }

  @Test("R3: a part that is not applicable is shown, and the rest still needs a judgement")
  func r3() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") {
      try $0.judge(
        id("XR-304"),
        .notApplicable,
        reason: .itemNotUsed,
        part: "Theatre"
      )
    }
    let visit = bench.settled()
    let standard = try visit.at("XR-304")
    #expect(standard.teamView == .notJudged)
    #expect(standard.whole.slots[0].standing == .part)
    #expect(!standard.isNotApplicable)
    #expect(visit.incomplete.contains { $0.kind == .restNotJudged && $0.record == standard.record })
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .met) }
    #expect(try bench.settled().at("XR-304").teamView == .oneView(.met))
  }

  @Test("A resolution can be taken back, and then the judgements speak again")
  func takenBack() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.sync("tablet A", "lead")
    try bench.write("lead") { try $0.resolve(id("XR-304"), as: .notMet, because: "No") }
    try bench.write("lead") { try $0.resolve(id("XR-304"), as: .notJudged, because: "Mistake") }
    #expect(try bench.settled().at("XR-304").teamView == .oneView(.met))
  }
}
