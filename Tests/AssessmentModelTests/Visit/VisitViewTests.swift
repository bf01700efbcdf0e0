import AssessmentModel
import Convergence
import Testing

@Suite("A visit as people speak of it")
struct VisitViewTests {
  private let team = [
    "lead": Cast.lead, "tablet A": Cast.peerA, "tablet B": Cast.peerB, "lay": Cast.lay,
  ]

  @Test("A fresh visit is 0 of n judged, and nothing in it is compliance")
  func fresh() throws {
    let visit = try Bench(devices: team).settled()
    #expect(visit.title.only == "Northern imaging")
    #expect(visit.pin.only == Cast.pin)
    #expect(visit.model.only == 1)
    #expect(visit.service.name.only == "Northern")
    #expect(visit.isPinnedFrameworkAtHand)
    #expect(visit.members.map(\.name) == ["Lena", "Anna", "Ben", "Lily", "Olive", "Stan"])
    #expect(visit.standards.map(\.ref) == SmallFramework.refs)
    #expect(visit.progress.judged == 0)
    #expect(visit.progress.standards == SmallFramework.refs.count)
    #expect(visit.progress.notJudged == SmallFramework.refs.count)
    #expect(visit.progress.met == 0 && visit.progress.notMet == 0 && visit.progress.open == 0)
    #expect(visit.standards.allSatisfy { $0.teamView == .notJudged })
    let missing = visit.incomplete.filter { $0.kind == .interestMissing }.flatMap(\.people)
    #expect(missing == [Cast.lead, Cast.peerA, Cast.peerB, Cast.lay])
  }

  @Test("R1: there are four outcomes and no more")
  func r1() {
    #expect(Outcome.allCases.map(\.rawValue) == ["met", "not-met", "not-applicable", "not-judged"])
  }

  @Test("R4: what is not applicable leaves every count and is listed apart")
  func r4() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-101"), .met) }
    try bench.write("tablet A") {
      try $0.judge(id("XR-105"), .notApplicable, reason: .ageGroupNotServed)
    }
    try bench.write("lead") {
      try $0.decideScope(id("CT-903"), applies: false, reason: .pathwayNotProvided, because: "No")
    }
    try bench.write("lead") {
      try $0.decideScope(
        id("NM-903"),
        applies: false,
        extent: .part,
        reason: .pathwayNotProvided,
        because: "No"
      )
    }
    let visit = bench.settled()
    #expect(visit.notApplicable.map(\.ref) == ["XR-105", "CT-903"])
    #expect(visit.progress.notApplicable == 2)
    #expect(visit.progress.applicable == SmallFramework.refs.count - 2)
    #expect(visit.progress.judged == 1 && visit.progress.met == 1)
    #expect(visit.progress.notJudged == visit.progress.applicable - 1)
  }

  @Test("Every judged standard that applies is met, not met, open, or incomplete")
  func numbersAdd() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-101"), .met) }
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    try bench.write("tablet B") { try $0.judge(id("XR-304"), .notMet) }
    try bench.write("tablet B") { try $0.judge(id("XR-305"), .notMet) }
    let progress = bench.settled().progress
    #expect(progress.judged == 3)
    #expect(
      progress.judged == progress.met + progress.notMet + progress.open + progress.incomplete
    )
  }

  @Test("R6: a standard that a policy alone does not meet says so")
  func r6() throws {
    let visit = try Bench(devices: team).settled()
    #expect(try visit.at("XR-101").standard?.policyAloneIsNotMet == true)
    #expect(try visit.at("XR-304").standard?.policyAloneIsNotMet == false)
  }

  @Test("C14, R8: linked standards show each other's state and contrariness, and change nothing")
  func c14() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-601"), .met) }
    let alone = try bench.settled().at("XR-601")
    #expect(alone.linked.map(\.ref) == ["XR-602"])
    #expect(alone.linked.map(\.isContrary) == [false])
    try bench.write("tablet B") { try $0.judge(id("XR-602"), .notMet, because: "No physics") }
    let visit = bench.settled()
    let first = try visit.at("XR-601")
    let second = try visit.at("XR-602")
    #expect(first.teamView == .oneView(.met) && second.teamView == .oneView(.notMet))
    #expect(first.linked.map(\.teamView) == [.oneView(.notMet)])
    #expect(second.linked.map(\.ref) == ["XR-601"])
    #expect(first.linked.map(\.isContrary) == [true])
    #expect(second.linked.map(\.isContrary) == [true])
  }

  @Test("R14: a judgement names the edition it was made under, and another edition is marked")
  func r14() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.judge(id("XR-304"), .met) }
    let standard = try bench.settled().at("XR-304")
    let judgement = try #require(standard.whole.slots.first?.counted)
    #expect(judgement.edition == Cast.pin.edition)
    #expect(!standard.isJudgedUnderOtherEdition(than: Cast.pin.edition))
    #expect(standard.isJudgedUnderOtherEdition(than: "2027-final"))
  }

  @Test("C56: a standard that the framework at hand does not know is shown by its ID")
  func c56() throws {
    var bench = try Bench(devices: team)
    let editor = Editor(cells: try bench.cells("tablet A"), me: Cast.peerA, framework: nil)
    let newer = try #require(StandardID("qsi/xr-999"))
    try bench.write("tablet A", draft: try editor.judge(newer, .met))
    let visit = bench.settled()
    #expect(visit.standard(newer)?.teamView == .oneView(.met))
    #expect(visit.standard(newer)?.ref == "qsi/xr-999")
    #expect(visit.standards.last?.id == "qsi/xr-999")
    let unread = VisitView(cells: try bench.cells("tablet A"), framework: nil) { _, _ in false }
    #expect(unread.standards.map(\.id) == ["qsi/xr-999"])
  }

  @Test("Plain fields that two people wrote at once stand side by side until one writes again")
  func sideBySide() throws {
    var bench = try Bench(devices: team)
    try bench.write("tablet A") { try $0.setService(.provider, "Trust") }
    try bench.write("lay") { try $0.setService(.provider, "Board") }
    let visit = bench.settled()
    #expect(visit.service.provider.contents == ["Trust", "Board"])
    #expect(visit.service.provider.isSplit)
    #expect(visit.incomplete.contains { $0.kind == .split && $0.field == "provider" })
    try bench.sync("tablet A", "lay")
    try bench.write("lay") { try $0.setService(.provider, "Board of the trust") }
    #expect(bench.settled().service.provider.only == "Board of the trust")
  }

  @Test("Declarations, assignments and nations are shown with their people")
  func people() throws {
    var bench = try Bench(devices: team)
    try bench.write("lay") { try $0.declareInterest(nil) }
    try bench.write("tablet A") { try $0.declareInterest("Worked there in 2019") }
    try bench.write("lead") { try $0.assign([id("XR-304"), id("XR-101")], to: Cast.lay) }
    try bench.write("lead") { try $0.setNation(.wales) }
    let visit = bench.settled()
    #expect(visit.member(Cast.lay)?.interest.only == "none")
    #expect(visit.member(Cast.peerA)?.interest.only == "Worked there in 2019")
    #expect(visit.member(Cast.lay)?.assigned.only == ["qsi/xr-101", "qsi/xr-304"])
    #expect(visit.member(Cast.lay)?.role == .lay)
    #expect(visit.service.nation.only == .wales)
    #expect(visit.name(of: .authority) == "server")
    #expect(visit.name(of: Cast.stranger) == Cast.stranger.text)
  }

  @Test("C68: what a removed person wrote before the cut stands, and the rest is held")
  func c68() throws {
    var bench = try Bench(devices: team)
    let early = try bench.write("tablet B") { try $0.judge(id("XR-304"), .met) }
    try bench.sync("tablet B", "lead")
    let cut = Roster.CutEntry(
      replica: early.replica,
      lastCounter: early.counter,
      hashPrefix: .zero
    )
    try bench.serve { try $0.remove(Cast.peerB, cut: [cut]) }
    let late = try bench.write("tablet B") { try $0.judge(id("XR-305"), .met) }
    #expect(bench.effects[early] == .effective)
    #expect(bench.effects[late] == .held)
    let visit = bench.settled()
    #expect(try visit.at("XR-304").teamView == .oneView(.met))
    #expect(try visit.at("XR-305").teamView == .notJudged)
    #expect(visit.member(Cast.peerB)?.isRemoved == true)
    #expect(visit.name(of: Cast.peerB) == "Ben")
  }
}
