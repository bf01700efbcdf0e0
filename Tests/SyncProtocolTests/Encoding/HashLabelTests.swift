import Foundation
import SyncProtocol
import Testing

@Suite("Labels of hashes")
struct HashLabelTests {
  @Test("They are those of the protocol page, and no other")
  func page() throws {
    let url = Repository.root.appendingPathComponent("Protocol/README.md")
    let page = try String(contentsOf: url, encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `fieldbook ") }
    let labels = rows.compactMap { $0.split(separator: "`").dropFirst().first.map(String.init) }
    #expect(labels.sorted() == HashLabel.allCases.map(\.rawValue).sorted())
  }
}
