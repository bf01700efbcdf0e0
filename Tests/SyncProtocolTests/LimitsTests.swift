import Foundation
import SyncProtocol
import Testing

@Suite("Limits")
struct LimitsTests {
  @Test(
    "They are those of the protocol page",
    arguments: [
      ("batchLineBytes", "\(Limits.batchLineBytes)"),
      ("operationsPerBatch", "\(Limits.operationsPerBatch)"),
      ("operationBytes", "\(Limits.operationBytes)"),
      ("depsPerBatch", "\(Limits.depsPerBatch)"),
      ("whoPerBatch", "\(Limits.whoPerBatch)"),
      ("referencesPerOperation", "\(Limits.referencesPerOperation)"),
      ("textBytes", "\(Limits.textBytes)"), ("nameBytes", "\(Limits.nameBytes)"),
      ("nesting", "\(Limits.nesting)"), ("certificateLineBytes", "\(Limits.smallLineBytes)"),
      ("frameBytes", "\(Limits.frameBytes)"),
      ("bodyBytes", "\(Limits.compressedBodyBytes >> 20) MiB / \(Limits.bodyBytes >> 20) MiB"),
      ("pageBatches", "\(Limits.pageBatches) / \(Limits.pageBytes >> 20) MiB"),
      ("inflationRatio", "\(Limits.inflationRatio) / \(Limits.inflationFreeBytes)"),
      (
        "bundleFileBytes",
        "\(Limits.bundleFileBytes >> 20) MiB / \(Limits.bundleBytes >> 20) MiB"
      ), ("bundleMemberBytes", "\(Limits.bundleMemberBytes)"),
      ("bundleVisits", "\(Limits.bundleVisits)"),
      ("waitingBatches", "\(Limits.waitingBatches)"),
      ("blobBytes", "\(Limits.blobBytes >> 20) MiB"),
    ]
  )
  func page(name: String, value: String) throws {
    let url = Repository.root.appendingPathComponent("Protocol/README.md")
    let page = try String(contentsOf: url, encoding: .utf8)
    let section = try #require(page.components(separatedBy: "## 11. Limits").last)
    let row = try #require(section.split(separator: "\n").first { $0.contains("`\(name)`") })
    let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(cells[1].replacingOccurrences(of: ",", with: "") == value)
  }
}
