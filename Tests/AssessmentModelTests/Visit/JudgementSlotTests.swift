import AssessmentModel
import Convergence
import Testing

/// Anna was enrolled twice: as Anna (`tablet`), and as Ben (`phone`).
@Suite("The judgements of one human who was enrolled twice")
struct JudgementSlotTests {
  private func bench() throws -> Bench {
    try Bench(devices: ["tablet": Cast.peerA, "phone": Cast.peerB, "lead": Cast.lead])
  }

  private func join(_ bench: inout Bench) throws {
    try bench.serve { try $0.join(Cast.peerA, with: Cast.peerB, because: "Enrolled twice") }
  }

  private func whole(_ visit: VisitView) throws -> PlaceView {
    try #require(visit.standard(id("XR-304"))).whole
  }

  @Test("What they said side by side is theirs to choose between, and no dispute")
  func selfConflict() throws {
    var bench = try bench()
    try bench.write("tablet") { try $0.judge(id("XR-304"), .met) }
    try bench.write("phone") { try $0.judge(id("XR-304"), .notMet) }
    #expect(try whole(bench.settled()).teamView == .disputed(.outcome))
    try join(&bench)
    let visit = bench.settled()
    let place = try whole(visit)
    #expect(place.teamView == .selfConflict)
    #expect(place.slots.map(\.people) == [[Cast.peerA, Cast.peerB].sorted()])
    #expect(place.slot(of: Cast.peerA) == place.slot(of: Cast.peerB))
    #expect(visit.name(of: Cast.peerA) == "Ben" && visit.name(of: Cast.peerB) == "Ben")
  }

  @Test("What was written having seen the other is a changed mind, and stands alone")
  func changedMind() throws {
    var bench = try bench()
    try bench.write("tablet") { try $0.judge(id("XR-304"), .met) }
    try bench.sync("tablet", "phone")
    try bench.write("phone") { try $0.judge(id("XR-304"), .notMet) }
    try join(&bench)
    #expect(try whole(bench.settled()).teamView == .oneView(.notMet))
  }

  @Test("Agreeing with oneself is one view, and two others who differ are still in dispute")
  func counted() throws {
    var bench = try bench()
    for device in ["tablet", "phone"] {
      try bench.write(device) { try $0.judge(id("XR-304"), .met) }
    }
    #expect(try whole(bench.settled()).teamView == .agreed(.met))
    try join(&bench)
    #expect(try whole(bench.settled()).teamView == .oneView(.met))
    try bench.write("lead") { try $0.judge(id("XR-304"), .notMet) }
    #expect(try whole(bench.settled()).teamView == .disputed(.outcome))
  }

  @Test(
    "Choosing keeps the chosen version in its slot, withdraws the other, and a resolution stands"
  )
  func choosing() throws {
    var bench = try bench()
    try bench.write("tablet") { try $0.judge(id("XR-304"), .met, because: "Seen") }
    try bench.write("phone") { try $0.judge(id("XR-304"), .notMet) }
    try join(&bench)
    try bench.sync("tablet", "phone", "lead")
    try bench.write("lead") { try $0.resolve(id("XR-304"), as: .met, because: "Agreed") }
    let cells = try bench.cells("phone")
    let editor = Editor(cells: cells, me: Cast.peerB, framework: nil)
    let choices = try editor.choices(id("XR-304"))
    #expect(choices.count == 2)
    let met = try #require(choices.first { $0.content.outcome == .met })
    for draft in try editor.choosing(met.dot, for: id("XR-304")) {
      try bench.write("phone", draft: draft)
    }
    let visit = bench.settled()
    let place = try whole(visit)
    #expect(place.teamView == .resolved(.met))
    #expect(place.slot(of: Cast.peerA)?.counted?.because == "Seen")
    #expect(bench.effects.values.allSatisfy { $0 == .effective })
    let later = Editor(cells: bench.allCells, me: Cast.peerA, framework: nil)
    #expect(try later.choices(id("XR-304")).isEmpty)
  }

  @Test("Either edits and withdraws what the other wrote, and nobody else does")
  func authorship() throws {
    var bench = try bench()
    let comment = try bench.write("tablet") {
      try $0.comment("Seen", about: .standard(id("XR-304")))
    }
    try bench.sync("tablet", "phone", "lead")
    #expect(throws: EditError.self) {
      try bench.write("phone") { try $0.withdrawComment(comment, because: nil) }
    }
    try join(&bench)
    try bench.sync("tablet", "phone", "lead")
    #expect(throws: EditError.self) {
      try bench.write("lead") { try $0.withdrawComment(comment, because: nil) }
    }
    try bench.write("phone") { try $0.withdrawComment(comment, because: nil) }
    #expect(bench.settled().comments.first?.withdrawn.isEmpty == false)
  }

  @Test("Taking a join back makes them two again")
  func takenBack() throws {
    var bench = try bench()
    try bench.write("tablet") { try $0.judge(id("XR-304"), .met) }
    try bench.write("phone") { try $0.judge(id("XR-304"), .notMet) }
    try join(&bench)
    try bench.serve { try $0.join(Cast.peerA, with: Cast.peerA, because: "They are two") }
    let visit = bench.settled()
    #expect(try whole(visit).teamView == .disputed(.outcome))
    #expect(visit.name(of: Cast.peerA) == "Anna")
  }
}
