import Foundation
import Testing

/// Three people work apart, then sync in some order: A first, B first, some twice, some late.
@Suite("Orders of syncing")
struct OrderTests {
  static let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]

  @Test(
    "Whatever the order, all devices hold the same, nothing is lost and the outcome is the same",
    arguments: orders
  )
  func everyOrder(_ order: [Int]) throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-304", "met", "--because", "a")
    try stage.ana.run("judge", "XR-101", "met")
    try stage.ana.run("evidence", "add", "Audit", "--supports", "XR-802")
    try stage.ben.run("judge", "XR-304", "not-met", "--because", "b")
    try stage.ben.run("judge", "XR-101", "met", "--because", "other words")
    try stage.ben.run("comment", "XR-304", "A comment.")
    try stage.lil.run("judge", "XR-103", "not-met")
    try stage.lil.run("judge", "CT-903", "not-applicable", "--reason", "pathway-not-provided")
    let written = 8
    for round in 0..<3 {
      for (place, index) in order.enumerated() {
        // The first of a round syncs twice: repetition changes nothing.
        for _ in 0..<(place == 0 ? 2 : 1) { try stage.devices[index].run("sync") }
      }
      if round == 0 { try stage.devices[order[2]].run("judge", "XR-201", "met") }
    }
    let state = try JSON(try stage.settle())
    #expect(try stage.lil.operationCount() == Stage.founding + written + 1)
    var views: [String: String] = [:]
    for standard in state["standards"].list where standard["teamView"].text != "not-judged" {
      views[standard["ref"].text] = standard["teamView"].text
    }
    #expect(
      views == [
        "XR-304": "disputed", "XR-101": "agreed", "XR-103": "one-view", "XR-201": "one-view",
        "CT-903": "one-view",
      ]
    )
    #expect(state["notApplicable"].list.map(\.text) == ["CT-903"])
    #expect(state["progress"]["applicable"].number == 79)
    let digests = try stage.devices.map { try $0.read("status")["stateDigest"].text }
    #expect(Set(digests).count == 1 && digests[0].count == 43)
    #expect(try stage.server.administer("verify").contains("integrity: nothing was changed"))
  }
}
