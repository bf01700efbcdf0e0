import Foundation
import SyncProtocol
import Testing

@Suite("Problems")
struct ProblemTests {
  @Test("A problem is read as it was written", arguments: Problem.Code.allCases)
  func roundTrip(code: Problem.Code) throws {
    for limit in [nil, Int64(8_388_608)] {
      let problem = Problem(code, "Detail with \"quotes\"", limit: limit)
      #expect(try Problem(body: problem.body) == problem)
    }
  }

  @Test("Codes and statuses are those of section 10")
  func page() throws {
    let url = Repository.root.appendingPathComponent("Protocol/README.md")
    let page = try String(contentsOf: url, encoding: .utf8)
    let section = try #require(page.components(separatedBy: "Whole requests").last)
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") }
    let listed = rows.compactMap { row -> String? in
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard let status = Int(cells[0]), let code = cells[1].split(separator: "`").first else {
        return nil
      }
      return "\(status) \(code)"
    }
    #expect(listed.sorted() == Problem.Code.allCases.map { "\($0.status) \($0.rawValue)" }.sorted())
  }

  @Test("The answer of a captive portal is no problem of ours")
  func foreign() {
    for body in ["", "<html>", "{}", "{\"code\":\"gone\",\"detail\":\"x\"}", "[]"] {
      #expect(throws: ProtocolError.self) { try Problem(body: Array(body.utf8)) }
    }
  }
}
