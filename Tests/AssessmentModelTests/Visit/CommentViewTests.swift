import AssessmentModel
import Convergence
import Testing

@Suite("Comments")
struct CommentViewTests {
  private let team = ["lead": Cast.lead, "lay": Cast.lay, "lay phone": Cast.lay]

  @Test("C17: a lay comment and an edited rationale both stand, without a dispute")
  func c17() throws {
    var bench = try Bench(devices: team)
    try bench.write("lead") { try $0.judge(id("XR-105"), .met, because: "First words") }
    try bench.sync("lead", "lay")
    try bench.write("lay", clock: 5) {
      try $0.comment("Signs are hard to read", about: .standard(id("XR-105")))
    }
    try bench.write("lead") { try $0.judge(id("XR-105"), .met, because: "Second words") }
    let visit = bench.settled()
    let standard = try visit.at("XR-105")
    #expect(standard.teamView == .oneView(.met))
    #expect(standard.whole.slots[0].counted?.because == "Second words")
    #expect(standard.comments.map(\.text.only) == ["Signs are hard to read"])
    #expect(standard.comments.map(\.author) == [Cast.lay])
    #expect(standard.comments.map(\.clock) == [5])
  }

  @Test("C19: a comment withdrawn while it is answered is shown as withdrawn, with its answer")
  func c19() throws {
    var bench = try Bench(devices: team)
    let comment = try bench.write("lay") {
      try $0.comment("Cold room", about: .standard(id("XR-105")))
    }
    try bench.sync("lay", "lead")
    try bench.write("lay") { try $0.withdrawComment(comment, because: "Heating was off") }
    let reply = try bench.write("lead") { try $0.reply("I noticed too", to: comment) }
    let comments = try bench.settled().at("XR-105").comments
    #expect(comments.map(\.dot) == [reply, comment].sorted())
    let withdrawn = try #require(comments.first { $0.dot == comment })
    #expect(withdrawn.isWithdrawn)
    #expect(withdrawn.withdrawn.only == "Heating was off")
    #expect(withdrawn.text.only == "Cold room")
    let answer = try #require(comments.first { $0.dot == reply })
    #expect(answer.replyTo == comment && !answer.isWithdrawn)
    #expect(answer.about == .standard(try id("XR-105")))
  }

  @Test("R19: lay and peer entries have the same standing")
  func r19() throws {
    var bench = try Bench(devices: ["peer": Cast.peerA, "lay": Cast.lay])
    try bench.write("peer") { try $0.judge(id("XR-105"), .met) }
    try bench.write("lay") { try $0.judge(id("XR-105"), .notMet) }
    #expect(try bench.settled().at("XR-105").teamView == .disputed(.outcome))
    for writer in Writer.allCases {
      #expect(writer.includes(.lay) == writer.includes(.peer))
    }
  }

  @Test("R20: a comment whose audience its author set on two devices is for the narrower")
  func audience() throws {
    var bench = try Bench(devices: team)
    let comment = try bench.write("lay") { try $0.comment("Kind staff", about: .service) }
    try bench.sync("lay", "lay phone")
    try bench.write("lay") { try $0.setAudience(.public, of: comment) }
    try bench.write("lay phone") { try $0.setAudience(.teamAndService, of: comment) }
    let visit = bench.settled()
    #expect(visit.comments(about: .service).map(\.audience) == [.teamAndService])
  }

  @Test("Only its author edits a comment")
  func authorOnly() throws {
    var bench = try Bench(devices: team)
    let comment = try bench.write("lay") { try $0.comment("Kind staff", about: .service) }
    try bench.sync("lay", "lead")
    for edit in [
      { (editor: Editor) in try editor.editComment(comment, "Rude staff") },
      { (editor: Editor) in try editor.withdrawComment(comment) },
      { (editor: Editor) in try editor.setAudience(.public, of: comment) },
    ] {
      let error = #expect(throws: EditError.self) { try bench.write("lead", edit) }
      #expect(error?.code == .notYours)
    }
    try bench.write("lay") { try $0.editComment(comment, "Very kind staff") }
    #expect(bench.settled().comments[0].text.only == "Very kind staff")
  }
}
