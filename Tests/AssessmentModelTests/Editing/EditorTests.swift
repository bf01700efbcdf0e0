import AssessmentModel
import Convergence
import Testing

@Suite("The editor")
struct EditorTests {
  private let team = [
    "lead": Cast.lead, "peer": Cast.peerA, "observer": Cast.observer, "stranger": Cast.stranger,
  ]

  /// The code with which an edit is refused; `nil` if it is not.
  private func refusal(
    _ bench: Bench,
    _ device: String,
    _ edit: (Editor) throws -> Draft
  ) throws -> EditError.Code? {
    var copy = bench
    do {
      try copy.write(device, edit)
      return nil
    } catch let error as EditError {
      #expect(error.message.count > 20 && error.message.hasSuffix("."))
      #expect(error.description == error.message)
      return error.code
    }
  }

  @Test("A draft writes over exactly what stood in the cell")
  func over() throws {
    var bench = try Bench(devices: team)
    let first = try bench.write("peer") { try $0.judge(id("XR-304"), .met) }
    let editor = Editor(cells: try bench.cells("peer"), me: Cast.peerA, framework: nil)
    guard case .set(let assignment) = try editor.judge(id("XR-304"), .notMet).action else {
      Issue.record("not a set")
      return
    }
    #expect(assignment.over == [first])
    #expect(assignment.slot == Cast.peerA.text)
  }

  @Test("Who is not on the visit, or only looks on, is told so")
  func roles() throws {
    let bench = try Bench(devices: team)
    #expect(try refusal(bench, "stranger") { try $0.judge(id("XR-304"), .met) } == .notOnVisit)
    #expect(try refusal(bench, "observer") { try $0.judge(id("XR-304"), .met) } == .role)
    #expect(try refusal(bench, "observer") { try $0.addEvidence("Log") } == .role)
    #expect(try refusal(bench, "observer") { try $0.comment("Hm", about: .visit) } == nil)
    #expect(try refusal(bench, "peer") { try $0.assign([], to: Cast.lay) } == .role)
  }

  @Test("R2: not applicable takes a reason, and nothing else does")
  func reasons() throws {
    let bench = try Bench(devices: team)
    #expect(
      try refusal(bench, "peer") { try $0.judge(id("XR-304"), .notApplicable) } == .reasonRequired
    )
    #expect(
      try refusal(bench, "peer") { try $0.judge(id("XR-304"), .met, reason: .other) }
        == .reasonNotAllowed
    )
    #expect(
      try refusal(bench, "peer") {
        try $0.decideScope(id("XR-304"), applies: false, because: "No")
      } == .reasonRequired
    )
    #expect(
      try refusal(bench, "peer") {
        try $0.decideScope(id("XR-304"), applies: true, reason: .other, because: "No")
      } == .reasonNotAllowed
    )
    #expect(
      try refusal(bench, "peer") {
        try $0.judge(id("XR-304"), .notApplicable, reason: .other)
      } == nil
    )
  }

  @Test("Texts are neither empty nor too long, and hold no U+0000")
  func texts() throws {
    let bench = try Bench(devices: team)
    let long = String(repeating: "é", count: 4096)
    #expect(try refusal(bench, "peer") { try $0.comment("", about: .visit) } == .emptyText)
    #expect(try refusal(bench, "peer") { try $0.comment(long, about: .visit) } == nil)
    #expect(
      try refusal(bench, "peer") { try $0.comment(long + "a", about: .visit) } == .textTooLong
    )
    #expect(
      try refusal(bench, "peer") { try $0.comment("a\u{0}", about: .visit) }
        == .forbiddenCharacter
    )
    #expect(
      try refusal(bench, "peer") { try $0.judge(id("XR-304"), .met, because: "") } == .emptyText
    )
    #expect(
      try refusal(bench, "peer") { try $0.judge(id("XR-304"), .met, part: "") } == .emptyText
    )
  }

  @Test("What is not there cannot be changed")
  func absent() throws {
    let bench = try Bench(devices: team)
    let nothing = Cast.dot(9, 9)
    let unknown = try #require(StandardID("qsi/xr-999"))
    let refusals: [(EditError.Code, (Editor) throws -> Draft)] = [
      (.unknownStandard, { try $0.judge(unknown, .met) }),
      (.unknownStandard, { try $0.addEvidence("Log", supports: [unknown]) }),
      (.unknownItem, { try $0.judge(id("XR-304"), .met, at: nothing) }),
      (.unknownItem, { try $0.reply("Yes", to: nothing) }),
      (.unknownItem, { try $0.editComment(nothing, "Yes") }),
      (.unknownItem, { try $0.withdrawComment(nothing) }),
      (.unknownItem, { try $0.setStatus(.seen, of: nothing) }),
      (.unknownItem, { try $0.setText(.title, "Log", of: nothing) }),
      (.unknownItem, { try $0.support(id("XR-304"), with: nothing) }),
      (.unknownItem, { try $0.unsupport(id("XR-304"), with: nothing) }),
      (.unknownItem, { try $0.archive(nothing, because: "Gone") }),
      (.unknownItem, { try $0.renameLocation(nothing, "Main") }),
      (.nothingToWithdraw, { try $0.withdraw(id("XR-304")) }),
      (.nothingToChoose, { try $0.choose(nothing, for: id("XR-304")) }),
      (.nothingJudged, { try $0.resolve(id("XR-304"), as: .met, because: "Yes") }),
      (.nothingResolved, { try $0.resolve(id("XR-304"), as: .notJudged, because: "Yes") }),
    ]
    for (code, edit) in refusals {
      #expect(try refusal(bench, "peer", edit) == code)
    }
  }

  @Test("What stands like that already is not written again")
  func noChange() throws {
    var bench = try Bench(devices: team)
    let item = try bench.write("peer") { try $0.addEvidence("Log") }
    #expect(
      try refusal(bench, "peer") { try $0.unsupport(id("XR-304"), with: item) } == .noChange
    )
    try bench.write("peer") { try $0.archive(item, because: "Old") }
    #expect(try refusal(bench, "peer") { try $0.archive(item, because: "Old") } == .noChange)
  }

  @Test("A choice is one of one's own versions")
  func choices() throws {
    var bench = try Bench(devices: ["tablet": Cast.peerA, "phone": Cast.peerA, "lead": Cast.lead])
    try bench.write("tablet") { try $0.judge(id("XR-304"), .met) }
    try bench.write("phone") { try $0.judge(id("XR-304"), .notMet) }
    let other = try bench.write("lead") { try $0.judge(id("XR-304"), .met) }
    try bench.sync("tablet", "phone", "lead")
    #expect(
      try refusal(bench, "tablet") { try $0.choose(other, for: id("XR-304")) }
        == .nothingToChoose
    )
    #expect(
      try refusal(bench, "lead") { try $0.choose(other, for: id("XR-304")) } == .nothingToChoose
    )
  }

  @Test("A visit that names several editions, or none, takes no judgement")
  func editions() throws {
    let key = CellKey(.visit, "framework")
    let bench = try Bench(devices: team)
    var cells = try bench.cells("peer")
    cells.replace(Cell(), for: key)
    let without = Editor(cells: cells, me: Cast.peerA, framework: nil)
    let error = #expect(throws: EditError.self) { try without.judge(id("XR-304"), .met) }
    #expect(error?.code == .noEdition)
    let other = FrameworkPin(id: "qsi-imaging", edition: "final", hash: Cast.pin.hash)
    let siblings = [Cast.pin, other].enumerated().map { offset, pin in
      Sibling(
        dot: Cast.dot(UInt64(offset), 1),
        person: .authority,
        clock: 0,
        value: pin.value
      )
    }
    cells.replace(Cell(siblings: siblings), for: key)
    let several = Editor(cells: cells, me: Cast.peerA, framework: nil)
    let second = #expect(throws: EditError.self) { try several.judge(id("XR-304"), .met) }
    #expect(second?.code == .noEdition)
  }

  @Test("Everything that can be edited takes effect")
  func everything() throws {
    var bench = try Bench(devices: ["lead": Cast.lead])
    let place = try bench.write("lead") { try $0.addLocation("Main", kind: .main) }
    let item = try bench.write("lead") {
      try $0.addEvidence("Log", kind: "record", reference: "Shelf 2", supports: [id("XR-304")])
    }
    let comment = try bench.write("lead") { try $0.comment("Hm", about: .item(item)) }
    let edits: [(Editor) throws -> Draft] = [
      { try $0.renameLocation(place, "Main site") },
      { try $0.judge(id("XR-304"), .met, because: "Seen", part: "All but the van", at: place) },
      { try $0.resolve(id("XR-304"), as: .notMet, because: "No", at: place) },
      { try $0.withdraw(id("XR-304"), because: "Later", at: place) },
      { try $0.decideScope(id("XR-304"), applies: true, because: "Yes") },
      { try $0.reply("Yes", to: comment, audience: .public) },
      { try $0.editComment(comment, "Hm.") }, { try $0.withdrawComment(comment) },
      { try $0.setStatus(.offered, of: item) },
      { try $0.setText(.title, "Logbook", of: item) }, { try $0.setAudience(.public, of: item) },
      { try $0.unsupport(id("XR-304"), with: item) }, { try $0.archive(item, because: "Old") },
      { try $0.archive(place, because: "Closed") }, { try $0.declareInterest(nil) },
      { try $0.assign([id("XR-304")], to: Cast.lead) }, { try $0.setNation(.scotland) },
      { try $0.setService(.name, "North") },
    ]
    for edit in edits { try bench.write("lead", edit) }
    #expect(bench.effects.values.allSatisfy { $0 == .effective })
    #expect(bench.settled().service.locations.map(\.title) == ["Main site"])
  }
}
