import Foundation
import Testing

/// The scenarios of concurrent judgements, played by real programs.
@Suite("Judgements")
struct JudgementScenarioTests {
  /// | Ana, offline | Ben, offline |
  /// |---|---|
  /// | XR-304 met | XR-304 not met |
  @Test("C01: two unseen judgements that differ are a dispute with both rationales")
  func c01() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-304", "met", "--because", "Hoists in every room")
    try stage.ben.run("judge", "XR-304", "not-met", "--because", "None in the mobile unit")
    try stage.settle()
    let open = try stage.lil.read("disputes")["open"].list
    #expect(open.map { $0["ref"].text } == ["XR-304"])
    #expect(open[0]["disputeKind"].text == "outcome")
    #expect(open[0]["awareness"].list.isEmpty)
    let sides = open[0]["judgements"].list.map { slot in
      [slot["name"].text, slot["versions"].list[0]["outcome"].text]
        + [slot["versions"].list[0]["because"].text]
    }
    #expect(
      Set(sides) == [
        ["Ana", "met", "Hoists in every room"], ["Ben", "not-met", "None in the mobile unit"],
      ]
    )
    let progress = try stage.lil.read("status")["progress"]
    #expect(progress["met"].number == 0 && progress["notMet"].number == 0)
    #expect(progress["disputed"].number == 1)
  }

  @Test("C02: three views are settled by one resolution")
  func c02() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-304", "not-applicable", "--reason", "item-not-used")
    try stage.ben.run("judge", "XR-304", "met")
    try stage.lil.run("judge", "XR-304", "not-met")
    try stage.settle()
    let dispute = try stage.ana.read("disputes")["open"].list
    #expect(dispute[0]["judgements"].list.count == 3)
    #expect(dispute[0]["disputeKind"].text == "applicability")
    try stage.ana.run("resolve", "XR-304", "met", "--because", "It is used on ward two.")
    try stage.settle()
    for device in stage.devices { #expect(try device.teamView("XR-304") == "resolved") }
    let place = try stage.ben.read("show", "XR-304")["places"].list[0]
    #expect(place["resolutions"].list[0]["cites"].list.count == 3)
    #expect(try stage.ben.read("disputes")["open"].list.isEmpty)
  }

  @Test("C04: whoever had seen the other's judgement is named as having seen it")
  func c04() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-304", "met")
    try stage.ana.run("sync")
    try stage.ben.run("sync")
    try stage.ben.run("judge", "XR-304", "not-met")
    try stage.settle()
    let pairs = try stage.lil.read("explain", "XR-304")["places"].list[0]["judgements"].list
    let seen = pairs.filter { $0["hadSeen"].isTrue }.map { $0["name"].text }
    #expect(seen == ["Ben"])
    let awareness = try stage.ana.read("show", "XR-304")["places"].list[0]["awareness"].list
    #expect(awareness.count == 1)
  }

  /// | Ana | Ben, offline |
  /// |---|---|
  /// | resolves XR-304 | changes Ben's own judgement |
  @Test("C05: a later change that a resolution did not see turns it stale and keeps it")
  func c05() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-304", "met")
    try stage.ben.run("judge", "XR-304", "not-met")
    try stage.settle()
    try stage.lil.run("resolve", "XR-304", "not-met", "--because", "We looked together.")
    try stage.ben.run("judge", "XR-304", "met", "--because", "Found it.")
    let before = try JSON(try stage.settle())
    #expect(before["progress"]["stale"].number == 1)
    let place = try stage.ana.read("show", "XR-304")["places"].list[0]
    #expect(place["teamView"].text == "stale")
    let resolution = place["resolutions"].list[0]
    #expect(resolution["because"].text == "We looked together.")
    #expect(resolution["notCovered"].list.count == 1)
    #expect(try stage.ana.run("explain", "XR-304").contains("Stale"))
    try stage.lil.run("resolve", "XR-304", "met", "--because", "Found by all.")
    try stage.settle()
    #expect(try stage.ana.teamView("XR-304") == "resolved")
  }

  @Test("C07: not applicable against not met keeps the evidence and leaves the denominators")
  func c07() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "CT-903", "not-applicable", "--reason", "pathway-not-provided")
    try stage.ben.run("judge", "CT-903", "not-met", "--because", "No trauma rota")
    try stage.ben.run("evidence", "add", "Rota", "--supports", "CT-903")
    try stage.settle()
    let dispute = try stage.lil.read("disputes")["open"].list[0]
    #expect(dispute["disputeKind"].text == "applicability")
    try stage.lil.run(
      "resolve",
      "CT-903",
      "not-applicable",
      "--reason",
      "pathway-not-provided",
      "--because",
      "No trauma pathway here."
    )
    let state = try JSON(try stage.settle())
    #expect(state["notApplicable"].list.map(\.text) == ["CT-903"])
    #expect(state["progress"]["applicable"].number == 79)
    let standard = try stage.ana.read("show", "CT-903")
    #expect(standard["evidence"].list.count == 1)
    let texts = standard["places"].list[0]["judgements"].list
      .flatMap { $0["versions"].list.map { $0["because"].text } }
    #expect(texts.contains("No trauma rota"))
  }

  @Test("C13: a withdrawn judgement leaves the other's evidence in place")
  func c13() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-306", "met")
    try stage.settle()
    try stage.ana.run("withdraw", "XR-306")
    try stage.ben.run("evidence", "add", "Signage plan", "--supports", "XR-306")
    try stage.settle()
    let standard = try stage.lil.read("show", "XR-306")
    #expect(standard["teamView"].text == "not-judged")
    #expect(standard["evidence"].list.count == 1)
    #expect(try stage.lil.read("history", "XR-306")["entries"].list.count == 3)
  }

  /// | Ben's tablet, offline | Ben's phone, offline |
  /// |---|---|
  /// | XR-702 met | XR-702 not met |
  @Test("C15: one person's two devices make a self-conflict, which is no dispute")
  func c15() throws {
    let stage = try Stage()
    let phone = try stage.device("phone", of: "Ben")
    try stage.ben.run("judge", "XR-702", "met")
    try phone.run("judge", "XR-702", "not-met")
    let all = stage.devices + [phone]
    let state = try JSON(try stage.settle(all))
    #expect(state["progress"]["selfConflict"].number == 1)
    #expect(state["progress"]["disputed"].number == 0)
    let refused = try stage.ana.attempt("choose", "XR-702", "1")
    #expect(refused.status == 2)
    let versions = try phone.read("show", "XR-702")["places"].list[0]["judgements"].list[0]
    let outcome = versions["versions"].list[1]["outcome"].text
    try phone.run("choose", "XR-702", "2")
    try stage.settle(all)
    let standard = try stage.ana.read("show", "XR-702")["places"].list[0]
    #expect(standard["teamView"].text == "one-view")
    #expect(standard["outcome"].text == outcome)
  }

  @Test("C03: the same view with different rationales is agreed, and both are shown")
  func c03() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-304", "met", "--because", "Saw it")
    try stage.ben.run("judge", "XR-304", "met", "--because", "Asked about it")
    try stage.settle()
    let page = try stage.lil.run("show", "XR-304")
    #expect(page.contains("agreed: met") && page.contains("Saw it") && page.contains("Asked"))
    #expect(try stage.lil.read("disputes")["open"].list.isEmpty)
  }

  @Test("C12: two locations judged differently are no dispute and not the whole")
  func c12() throws {
    let stage = try Stage()
    try stage.ana.run("location", "add", "Main site", "--kind", "main")
    try stage.ana.run("location", "add", "Mobile unit", "--kind", "mobile")
    try stage.settle()
    try stage.ana.run("judge", "XR-103", "met", "--location", "main site")
    try stage.ben.run("judge", "XR-103", "not-met", "--location", "Mobile unit")
    try stage.settle()
    let standard = try stage.lil.read("show", "XR-103")
    #expect(standard["teamView"].text == "not-judged")
    let names = standard["places"].list.dropFirst().map { $0["locationName"].text }
    #expect(Set(names) == ["Main site", "Mobile unit"])
    #expect(try stage.lil.read("disputes")["open"].list.isEmpty)
    let unknown = try stage.ben.attempt("judge", "XR-103", "met", "--location", "Attic")
    #expect(unknown.status == 2 && unknown.messages.contains("fieldbook location list"))
  }

  @Test("C09: what is judged although out of scope is kept and flagged")
  func c09() throws {
    let stage = try Stage()
    try stage.ana.run(
      "applicable",
      "NM-903",
      "no",
      "--reason",
      "modality-not-provided",
      "--because",
      "No gamma camera."
    )
    try stage.ben.run("judge", "NM-903", "met")
    let state = try JSON(try stage.settle())
    #expect(state["incomplete"].list.contains { $0["kind"].text == "judged-out-of-scope" })
    let standard = try stage.lil.read("show", "NM-903")
    #expect(standard["isJudgedButOutOfScope"].isTrue)
    #expect(standard["scope"].list[0]["value"]["because"].text == "No gamma camera.")
  }
}
