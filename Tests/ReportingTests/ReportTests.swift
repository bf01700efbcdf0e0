import AssessmentModel
import Convergence
import Foundation
import Reporting
import Testing

@Suite("Reports")
struct ReportTests {
  private func golden(_ name: String) throws -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
  }

  /// Compares a document with the one on file; with `FIELDBOOK_GOLDEN=write` it is written anew.
  private func expect(
    _ text: String,
    is name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let url = try golden(name)
    if ProcessInfo.processInfo.environment["FIELDBOOK_GOLDEN"] == "write" {
      try Data(text.utf8).write(to: url)
      Issue.record("\(name) was written, not compared", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    let lines = zip(
      expected.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false)
    )
    let difference = lines.enumerated().first { $0.element.0 != $0.element.1 }
    #expect(
      Array(expected.utf8) == Array(text.utf8),
      """
      \(name) differs from line \((difference?.offset ?? -1) + 1):
      \(difference.map { "\($0.element.0)\n\($0.element.1)" } ?? "")
      """,
      sourceLocation: sourceLocation
    )
  }

  @Test("A report in each form is the one on file, byte for byte")
  func goldens() throws {
    let report = Report(try Example.visit())
    try expect(report.html, is: "team.html")
    try expect(report.markdown, is: "team.markdown")
    try expect(report.text, is: "team.txt")
    try expect(report.csv, is: "team.csv")
    try expect(report.json, is: "team.json")
    try expect(Report(try Example.visit(), for: .public).text, is: "public.txt")
  }

  @Test("A fresh visit makes a report in each form")
  func fresh() throws {
    let empty = VisitView(cells: MemoryCells(), framework: nil) { _, _ in false }
    let report = Report(empty)
    #expect(report.text.contains("0 of 0 standards judged. This is progress, not compliance."))
    #expect(report.html.contains("<h1>Peer review: Visit</h1>"))
    #expect(report.markdown.hasPrefix("# Peer review: Visit\n"))
    #expect(report.csv.split(separator: "\r\n").count == 1)
    #expect(report.json.hasPrefix("{\"comments\":[],"))
  }

  @Test("Both sides of a dispute stand with author, rationale, edition and clock")
  func dispute() throws {
    let html = Report(try Example.visit()).html
    #expect(html.contains("disputed"))
    #expect(html.contains("Ben had seen Anna&#39;s"))
    #expect(html.contains("2026-11-21T07:00:00.002Z"))
    #expect(html.contains("1969-12-31T23:59:59.999Z"))
    #expect(html.contains("They are labels and decide nothing."))
  }

  @Test("Nothing that people typed becomes a tag, an attribute or a script")
  func hostileHTML() throws {
    let html = Report(try Example.visit()).html
    #expect(!html.contains("<script"))
    #expect(!html.contains("alert(\"x\")"))
    #expect(
      html.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;quoted&#39;")
    )
    #expect(html.contains("Northern &lt;imaging&gt;"))
    #expect(!html.unicodeScalars.contains("\u{1B}") && !html.unicodeScalars.contains("\u{202E}"))
    // The only address is the document's own; the only quotes in tags are ours.
    #expect(!html.contains("href=\"http"))
  }

  @Test("Every table has a caption, headings of columns and rows, and as many cells in each row")
  func accessible() throws {
    let html = Report(try Example.visit()).html
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en-GB\">"))
    let tables = html.split(separator: "<table>").dropFirst()
    #expect(tables.count > 10)
    for table in tables {
      let table = table.prefix(upTo: table.firstRange(of: "</table>")?.lowerBound ?? table.endIndex)
      #expect(table.contains("<caption>"))
      let columns = table.ranges(of: "<th scope=\"col\">").count
      let rows = table.ranges(of: "<th scope=\"row\">").count
      #expect(columns > 0 && rows > 0)
      #expect(table.ranges(of: "<td>").count == rows * (columns - 1))
    }
    var level = 0
    for heading in html.split(separator: "<h").dropFirst() {
      guard let next = heading.first?.wholeNumberValue else { continue }
      #expect(next <= level + 1)
      level = next
    }
  }

  @Test("Evidence and comments that are not for the readers are left out of every form")
  func audiences() throws {
    let visit = try Example.visit()
    func forms(_ audience: Audience) -> [String] {
      let report = Report(visit, for: audience)
      return [report.html, report.markdown, report.text, report.csv, report.json]
    }
    for text in forms(.notLay) {
      #expect(text.contains("For peers") && text.contains("44 letter"))
    }
    for text in forms(.team) {
      #expect(!text.contains("For peers") && !text.contains("44 letter"))
      #expect(text.contains("Shelf 2") == !text.hasPrefix("kind,"))
      #expect(text.contains("I agree"))
      #expect(text.contains("Signs are hard to read"))
    }
    for text in forms(.public) {
      #expect(!text.contains("Shelf 2") && !text.contains("2025"))
      #expect(text.contains("I agree"))
      #expect(!text.contains("Signs are hard to read"))
      #expect(!text.contains("New signs"))
    }
  }

  @Test("The numbers of a report can be counted again from its rows")
  func recount() throws {
    let visit = try Example.visit()
    let rows = Report(visit).csv.split(separator: "\r\n").filter { $0.hasPrefix("standard,") }
    let progress = visit.progress
    #expect(rows.count == progress.standards)
    let applicable = rows.filter { !$0.contains("not applicable") }
    #expect(applicable.count == progress.applicable)
    #expect(applicable.count { !$0.contains(",not-judged,") } == progress.judged)
    #expect(applicable.count { $0.contains(",disputed,") } == progress.disputed)
    #expect(applicable.count { $0.contains(",met,agreed,") } == progress.met)
    #expect(progress.disputed == 1 && progress.stale == 1 && progress.selfConflict == 1)
    #expect(progress.notApplicable == 2 && progress.judged == 4 && progress.met == 1)
  }

  @Test("A spreadsheet takes nothing that people typed for a formula")
  func formulas() throws {
    let csv = Report(try Example.visit(), for: .notLay).csv
    #expect(csv.contains("\"'=HYPERLINK(\"\"https://example.org\"\",\"\"x\"\")\""))
    #expect(csv.contains(",'+44 letter,"))
    #expect(!csv.contains(",=") && !csv.contains("\"="))
  }
}
