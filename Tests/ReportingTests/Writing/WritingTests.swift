import AssessmentModel
import Convergence
import Reporting
import Testing

/// One hostile comment in a report of each form: what a reader of the form would see.
@Suite("What people typed, in each form")
struct WritingTests {
  private func report(_ text: String) throws -> Report {
    let founding = VisitFounding(
      title: "T",
      framework: FrameworkPin(
        id: "f",
        edition: "e",
        hash: Text64.encode([UInt8](repeating: 7, count: 32))
      ),
      identityKey: Text64.encode([UInt8](repeating: 1, count: 32)),
      members: [.init(person: Example.lead, role: .lead, name: "Lena")]
    )
    var desk = try Desk(founding, framework: nil, people: ["c": Example.lead])
    try desk.write("c", at: 0) { try $0.comment(text, about: .visit) }
    return Report(desk.visit)
  }

  @Test(
    "CSV defuses what a spreadsheet would calculate, and quotes what would break a row",
    arguments: [
      ("plain", ",plain,"), ("=1+1", ",'=1+1,"), ("+1", ",'+1,"), ("-1", ",'-1,"),
      ("@SUM(A1)", ",'@SUM(A1),"), ("  =1", ",'  =1,"), ("\t=1", ",\"'\t=1\","),
      ("\n=1", ",\"'\n=1\","), ("'1", ",''1,"), ("\u{FF1D}1", ",'\u{FF1D}1,"),
      ("a,b", ",\"a,b\","), ("a\"b", ",\"a\"\"b\","), ("a\nb", ",\"a\nb\","),
      ("a\r\nb", ",\"a\nb\","), ("a\rb", ",a\u{FFFD}b,"), ("a;b", ",\"a;b\","),
      (" a ", ",\" a \","), ("1-2", ",1-2,"), ("\u{1}", ",\u{FFFD},"),
    ]
  )
  func csv(text: String, field: String) throws {
    let csv = try report(text).csv
    #expect(csv.utf8.contains(field.utf8), "\(csv)")
    #expect(csv.hasSuffix("\r\n"))
  }

  @Test(
    "HTML shows every character and obeys none",
    arguments: [
      ("<b>", "&lt;b&gt;"), ("&amp;", "&amp;amp;"), ("\"'", "&quot;&#39;"),
      ("</td></table><script>", "&lt;/td&gt;&lt;/table&gt;&lt;script&gt;"),
      ("\u{0}x".replacing("\u{0}", with: "\u{8}"), "\u{FFFD}x"), ("e\u{301}", "e\u{301}"),
      ("<\u{338}", "&lt;\u{338}"), ("\r\n", "\n"),
    ]
  )
  func html(text: String, shown: String) throws {
    let html = try report(text).html
    #expect(html.utf8.contains("<td>\(shown)</td>".utf8), "\(html)")
  }

  @Test(
    "Markdown keeps what was typed in its cell",
    arguments: [
      ("a|b", "| a\\|b |"), ("a\nb", "| a<br>b |"), ("<br>", "| \\<br\\> |"),
      ("[x](https://e.org)", "| \\[x\\](https\\://e.org) |"), ("**x**", "| \\*\\*x\\*\\* |"),
      ("a: www.e.org", "| a: www\\.e.org |"),
      ("a\\", "| a\\\\ |"), ("a@b.org", "| a\\@b.org |"),
    ]
  )
  func markdown(text: String, shown: String) throws {
    let markdown = try report(text).markdown
    #expect(markdown.utf8.contains(shown.utf8), "\(markdown)")
  }

  @Test("Plain text indents further lines, and sends nothing to the terminal")
  func text() throws {
    let text = try report("First\nTeam\n----\u{1B}[2J\u{9B}").text
    #expect(text.contains("    Comment: First\n        Team\n        ----\u{FFFD}[2J\u{FFFD}\n"))
  }

  @Test("JSON is one canonical line that says what was typed")
  func json() throws {
    let json = try report("\"<\u{1}\\").json
    #expect(json.contains("\"is\":\"\\\"<\\u0001\\\\\""))
    #expect(json.split(separator: "\n").count == 1 && json.hasSuffix("\n"))
  }
}
