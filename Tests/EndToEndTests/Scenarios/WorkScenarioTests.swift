import Foundation
import Testing

/// The scenarios of comments, evidence and clocks, played by real programs.
@Suite("Comments, evidence and clocks")
struct WorkScenarioTests {
  @Test("C17: a lay comment and a lead's new rationale both stand, without a dispute")
  func c17() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-105", "met", "--because", "First words")
    try stage.settle()
    try stage.lil.run("comment", "XR-105", "Two patients had waited.")
    try stage.ana.run("judge", "XR-105", "met", "--because", "Second words")
    try stage.settle()
    let standard = try stage.ben.read("show", "XR-105")
    #expect(standard["teamView"].text == "one-view")
    #expect(standard["comments"].list.map { $0["name"].text } == ["Lil"])
    let version = standard["places"].list[0]["judgements"].list[0]["versions"].list
    #expect(version.map { $0["because"].text } == ["Second words"])
  }

  @Test("C19: an answer to a comment that is withdrawn at the same time keeps its context")
  func c19() throws {
    let stage = try Stage()
    try stage.lil.run("comment", "XR-105", "I did not see the leaflet.")
    try stage.settle()
    let id = try stage.ana.read("show", "XR-105")["comments"].list[0]["dot"].text
    try stage.lil.run("comment", "withdraw", id, "--because", "Found it")
    try stage.ana.run("comment", "XR-105", "It is on the desk.", "--reply-to", id)
    try stage.settle()
    let comments = try stage.ben.read("show", "XR-105")["comments"].list
    #expect(comments.map { $0["isWithdrawn"].isTrue }.sorted { $0 && !$1 } == [true, false])
    #expect(comments.contains { $0["replyTo"].text == id })
    #expect(try stage.ben.run("show", "XR-105").contains("I did not see the leaflet."))
  }

  @Test("C25: evidence that two people add is the union of both")
  func c25() throws {
    let stage = try Stage()
    try stage.ana.run("evidence", "add", "Audit 2024", "--supports", "XR-802")
    try stage.ben.run("evidence", "add", "Audit 2025", "--supports", "XR-802", "XR-803")
    try stage.settle()
    let items = try stage.lil.read("evidence", "list", "--supports", "XR-802")["evidence"].list
    let titles = items.map { $0["title"].list[0]["value"].text }
    #expect(Set(titles) == ["Audit 2024", "Audit 2025"])
  }

  @Test("C30: unseen statuses stand side by side; a seen one is written over")
  func c30() throws {
    let stage = try Stage()
    try stage.ana.run("evidence", "add", "Policy", "--supports", "XR-801", "--status", "expected")
    try stage.settle()
    let id = try stage.ana.read("evidence", "list")["evidence"].list[0]["dot"].text
    try stage.ana.run("evidence", "status", id, "requested")
    try stage.ben.run("evidence", "status", id, "not-available")
    try stage.settle()
    func statuses(_ device: Device) throws -> Set<String> {
      let item = try device.read("evidence", "list")["evidence"].list[0]
      return Set(item["status"].list.map { $0["value"].text })
    }
    #expect(try statuses(stage.lil) == ["requested", "not-available"])
    try stage.lil.run("evidence", "status", id, "seen")
    try stage.settle()
    #expect(try statuses(stage.ana) == ["seen"])
  }

  @Test("C58: a clock that is a day fast gains nothing, and its owner is told once")
  func c58() throws {
    let stage = try Stage()
    let shim = try Shim.build(in: stage.folder.path)
    var ben = stage.ben
    ben.environment = shim.clock(aheadBySeconds: 86_400)
    try ben.run("judge", "XR-304", "not-met", "--because", "from tomorrow")
    try stage.ana.run("judge", "XR-304", "met", "--because", "from today")
    let first = try ben.attempt("sync")
    #expect(first.status == 0)
    #expect(first.messages.contains("24 hours ahead of the server's"))
    let second = try ben.attempt("sync")
    #expect(second.status == 0 && !second.messages.contains("ahead"))
    let difference = try ben.read("doctor")["clockDifferenceMilliseconds"].number
    #expect(abs(difference + 86_400_000) < 60_000)
    try stage.settle()
    let dispute = try stage.lil.read("disputes")["open"].list[0]
    #expect(dispute["judgements"].list.count == 2 && dispute["awareness"].list.isEmpty)
  }

  @Test("What others wrote cannot steer the terminal, and pages fit 80 columns")
  func printing() throws {
    let stage = try Stage()
    let evil = "\u{1B}[2J\u{9B}31mred\u{202E}edisni \u{7F}" + String(repeating: "long ", count: 60)
    try stage.ana.run("comment", "XR-105", evil)
    try stage.ana.run("judge", "XR-105", "met", "--because", String(repeating: "x", count: 300))
    try stage.ben.run("judge", "XR-105", "not-met", "--because", evil)
    try stage.settle()
    let pages =
      [["status"], ["standards"], ["show", "XR-105"], ["disputes"], ["history"]]
      + [["explain", "XR-105"], ["doctor"], ["visits"], ["evidence", "list"]]
    for page in pages {
      let outcome = try Program.fieldbook.run(page + ["--home", stage.lil.home])
      #expect(outcome.status == 0)
      for line in outcome.output.split(whereSeparator: \.isNewline) {
        #expect(line.count <= 80, "\(page): \(line)")
      }
      let steering = outcome.output.unicodeScalars.filter { scalar in
        (scalar.value < 0x20 && scalar != "\n") || (0x7F..<0xA0).contains(scalar.value)
          || scalar == "\u{202E}"
      }
      #expect(steering.isEmpty, "\(page)")
    }
    let json = try stage.lil.run("show", "XR-105", "--json")
    #expect(!json.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x9B })
    let text = try JSON(json)["comments"].list[0]["text"].list[0]["value"].text
    #expect(text == evil, "what is escaped is not lost")
  }

  @Test("A report has the same bytes on every device, and every page has its help")
  func reports() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-304", "met", "--because", "a <b> & c")
    try stage.ben.run("judge", "XR-304", "not-met")
    try stage.settle()
    for format in ["html", "csv", "json", "text", "markdown"] {
      let file = stage.folder.path + "/report." + format
      try stage.ana.run("report", "--format", format, "--output", file)
      let written = try String(contentsOfFile: file, encoding: .utf8)
      let printed = try stage.lil.run("report", "--format", format)
      #expect(written == printed && written.contains("XR-304"), "\(format)")
    }
    let help = try Program.fieldbook.run(["--help"])
    #expect(help.status == 0)
    for command in ["enrol", "judge", "resolve", "sync", "doctor", "demo", "choose"] {
      #expect(help.output.contains(command))
      #expect(try Program.fieldbook.run([command, "--help"]).status == 0)
    }
  }
}
