import AssessmentModel
import Convergence
import Testing

@Suite("A standard that several people judge offline")
struct StandardViewTests {
  private let team = [
    "lead": Cast.lead, "tablet A": Cast.peerA, "tablet B": Cast.peerB, "lay": Cast.lay,
  ]

  @Test("C01: met and not met, neither seen by the other, is disputed and counts as neither")
  func c01() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A", clock: 99) {
      try $0.judge(id("XR-304"), .met, because: "Seen in use")
    }
    try bench.write("tablet B", clock: 1) {
      try $0.judge(id("XR-304"), .notMet, because: "Not in use")
    }
    let visit = bench.settled()
    let standard = try visit.at("XR-304")
    #expect(standard.teamView == .disputed(.outcome))
    #expect(standard.whole.slots.map(\.person) == [Cast.peerA, Cast.peerB])
    let judgements = standard.whole.slots.compactMap(\.counted)
    #expect(judgements.map(\.outcome) == [.met, .notMet])
    #expect(judgements.map(\.because) == ["Seen in use", "Not in use"])
    #expect(standard.whole.slots.map { $0.versions.all.map(\.clock) } == [[99], [1]])
    #expect(standard.whole.awareness.isEmpty)
    #expect(visit.progress.disputed == 1)
    #expect(visit.progress.met == 0 && visit.progress.notMet == 0)
    #expect(visit.progress.judged == 1)
    #expect(visit.open.map(\.ref) == ["XR-304"])
  }

  @Test("C02: three views, one of them not applicable, are settled by one resolution")
  func c02() throws {
    var bench = try Bench(devices: team)
    let a = try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    let b = try bench.write("tablet B") { try $0.judge(id("XR-304"), .notMet) }
    let lead = try bench.write("lead") {
      try $0.judge(id("XR-304"), .notApplicable, reason: .pathwayNotProvided)
    }
    let before = try bench.settled().at("XR-304")
    #expect(before.teamView == .disputed(.applicability))
    #expect(before.whole.slots.count == 3)
    try bench.sync("tablet A", "tablet B", "lead", "lay")
    try bench.write("lay") { try $0.resolve(id("XR-304"), as: .met, because: "Shown at noon") }
    let after = try bench.settled().at("XR-304")
    #expect(after.teamView == .resolved(.met))
    #expect(after.whole.slots.count == 3)
    let resolution = try #require(after.whole.resolutions.all.first)
    #expect(resolution.cites == [a, b, lead].sorted())
    #expect(!after.whole.isUnverified(resolution))
  }

  @Test("C03: both met with different rationales is agreed, and both rationales stand")
  func c03() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met, because: "By day") }
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .met, because: "By night") }
    let standard = try bench.settled().at("XR-304")
    #expect(standard.teamView == .agreed(.met))
    #expect(standard.whole.slots.compactMap(\.counted?.because) == ["By day", "By night"])
    #expect(standard.whole.slots.map(\.person) == [Cast.peerA, Cast.peerB])
  }

  @Test("C04: a judgement made after seeing the other is disputed, and marked as having seen it")
  func c04() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.sync("tablet A", "tablet B")
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .notMet) }
    let standard = try bench.settled().at("XR-304")
    #expect(standard.teamView == .disputed(.outcome))
    #expect(standard.whole.awareness == [Awareness(person: Cast.peerB, hadSeen: Cast.peerA)])
    #expect(standard.whole.slot(of: Cast.peerA)?.counted?.outcome == .met)
    #expect(standard.whole.slot(of: Cast.peerB)?.counted?.outcome == .notMet)
  }

  @Test("C05: a judgement changed while it was being resolved makes the resolution stale")
  func c05() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .notMet) }
    try bench.sync("tablet A", "tablet B", "lead")
    try bench.write("lead") { try $0.resolve(id("XR-304"), as: .met, because: "Shown") }
    #expect(try bench.view("lead").at("XR-304").teamView == .resolved(.met))
    let newer = try bench.write("tablet A") {
      try $0.judge(id("XR-304"), .notMet, because: "Looked again")
    }
    let standard = try bench.settled().at("XR-304")
    #expect(standard.teamView == .stale)
    let resolution = try #require(standard.whole.resolutions.all.first)
    #expect(resolution.content.outcome == .met)
    #expect(standard.whole.judgements(notCoveredBy: resolution).map(\.dot) == [newer])
  }

  @Test("A judgement of somebody new makes a resolution stale, and resolving again settles it")
  func staleByNewcomer() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.sync("tablet A", "lead")
    try bench.write("lead") { try $0.resolve(id("XR-304"), as: .met, because: "Shown") }
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .met) }
    #expect(try bench.settled().at("XR-304").teamView == .stale)
    try bench.sync("lead", "tablet A", "tablet B")
    try bench.write("lead") { try $0.resolve(id("XR-304"), as: .met, because: "Both") }
    let standard = try bench.settled().at("XR-304")
    #expect(standard.teamView == .resolved(.met))
    #expect(standard.whole.resolutions.all.count == 1)
  }

  @Test("Two resolutions side by side are contested until somebody settles again")
  func contested() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.sync("tablet A", "lead", "lay")
    try bench.write("lead") { try $0.resolve(id("XR-304"), as: .met, because: "Shown") }
    try bench.write("lay") { try $0.resolve(id("XR-304"), as: .notMet, because: "Not shown") }
    let visit = bench.settled()
    #expect(try visit.at("XR-304").teamView == .contested)
    #expect(visit.progress.contested == 1)
    try bench.sync("lead", "lay", "tablet B")
    try bench.write("tablet B") { try $0.resolve(id("XR-304"), as: .met, because: "Agreed") }
    #expect(try bench.settled().at("XR-304").teamView == .resolved(.met))
  }

  @Test("R22: a resolution by a party to it is valid and marked as unverified")
  func r22() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .notMet) }
    try bench.sync("tablet A", "tablet B")
    try bench.write("tablet A") { try $0.resolve(id("XR-304"), as: .met, because: "I saw it") }
    let visit = bench.settled()
    let standard = try visit.at("XR-304")
    #expect(standard.teamView == .resolved(.met))
    let resolution = try #require(standard.whole.resolutions.all.first)
    #expect(standard.whole.isUnverified(resolution))
    #expect(visit.incomplete.contains { $0.kind == .unverified && $0.people == [Cast.peerA] })
  }

  @Test("C07: not applicable against not met disputes applicability, and the evidence stays")
  func c07() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") {
      try $0.judge(id("CT-903"), .notApplicable, because: "No trauma", reason: .pathwayNotProvided)
    }
    try bench.write("tablet B") { try $0.judge(id("CT-903"), .notMet, because: "Nothing there") }
    try bench.write("tablet B") { try $0.addEvidence("Rota", supports: [id("CT-903")]) }
    #expect(try bench.settled().at("CT-903").teamView == .disputed(.applicability))
    try bench.sync("tablet A", "tablet B", "lead")
    try bench.write("lead") {
      try $0.resolve(
        id("CT-903"),
        as: .notApplicable,
        because: "No trauma",
        reason: .pathwayNotProvided
      )
    }
    let visit = bench.settled()
    let standard = try visit.at("CT-903")
    #expect(standard.teamView == .resolved(.notApplicable))
    #expect(standard.isNotApplicable)
    #expect(visit.progress.notApplicable == 1)
    #expect(visit.progress.applicable == visit.progress.standards - 1)
    #expect(visit.notApplicable.map(\.ref) == ["CT-903"])
    #expect(standard.evidence.map(\.name) == ["Rota"])
    #expect(standard.whole.slot(of: Cast.peerB)?.counted?.because == "Nothing there")
  }

  @Test("C09: a judgement of what was put out of scope is kept, and the decision is flagged")
  func c09() throws {
    var bench = try Bench(devices: team)
    try bench.write("lead") {
      try $0.decideScope(
        id("NM-903"),
        applies: false,
        reason: .modalityNotProvided,
        because: "None here"
      )
    }
    try bench.write("tablet B") { try $0.judge(id("NM-903"), .met, because: "There is a camera") }
    let visit = bench.settled()
    let standard = try visit.at("NM-903")
    #expect(standard.isJudgedButOutOfScope)
    #expect(standard.teamView == .oneView(.met))
    #expect(visit.incomplete.contains { $0.kind == .outOfScope && $0.record == standard.record })
    #expect(try !visit.at("XR-304").isJudgedButOutOfScope)
    #expect(standard.isNotApplicable)
    // While reviewers differ the scope decision hides nothing from the counts.
    try bench.write("tablet A") { try $0.judge(id("NM-903"), .notMet) }
    let disputed = bench.settled()
    #expect(try !disputed.at("NM-903").isNotApplicable)
    #expect(disputed.progress.disputed == 1)
  }

  @Test("C10, R2: not applicable without a reason from an old client is kept, shown as incomplete")
  func c10() throws {
    var bench = try Bench(devices: team)
    #expect(throws: EditError.self) {
      try bench.write("tablet A") { try $0.judge(id("XR-304"), .notApplicable) }
    }
    let old = Judgement(outcome: .notApplicable, edition: "e").value
    let assignment = Assignment(
      record: .standard(try id("XR-304")),
      field: "judgement",
      slot: Cast.peerA.text,
      value: old
    )
    try bench.write("tablet A", draft: Draft(assignment))
    let visit = bench.settled()
    let standard = try visit.at("XR-304")
    #expect(standard.teamView == .oneView(.notApplicable))
    #expect(standard.whole.isIncomplete)
    #expect(!standard.isNotApplicable)
    #expect(visit.progress.incomplete == 1 && visit.progress.notApplicable == 0)
    #expect(visit.incomplete.contains { $0.kind == .reasonMissing && $0.people == [Cast.peerA] })
  }
}
