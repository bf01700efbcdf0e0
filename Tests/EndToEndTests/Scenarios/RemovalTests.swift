import Foundation
import Testing

/// Somebody is taken off a visit while away, played by real programs.
@Suite("Members who are removed")
struct RemovalTests {
  /// A stage with a second visit, on Ben's device and his to lead.
  private func stage() throws -> Stage {
    let stage = try Stage()
    try stage.server.administer(
      "visit",
      "create",
      "--title",
      "Hillside",
      "--framework",
      "qsi-imaging",
      "--member",
      "Ben:lead",
      "--member",
      "Ana:peer"
    )
    for device in [stage.ben, stage.ana] {
      try device.run("visits")
      try device.run("open", "Hillside")
      try device.run("sync")
    }
    return stage
  }

  private func removeBen(from stage: Stage) throws {
    try stage.server.administer(
      "visit",
      "member",
      "remove",
      stage.visit,
      "Ben",
      "--because",
      "Fell ill"
    )
  }

  @Test("C68: what was synced before stands, later work is held, and other visits go on")
  func c68() throws {
    let stage = try stage()
    try stage.ben.run("judge", "XR-304", "met", "--visit", "Riverside")
    try stage.ben.run("sync")
    try removeBen(from: stage)
    try stage.ben.run("judge", "XR-305", "met", "--visit", "Riverside")
    try stage.ben.run("judge", "XR-306", "met", "--visit", "Hillside")
    try stage.ana.run("judge", "XR-307", "met", "--visit", "Riverside")
    try stage.ana.run("judge", "XR-308", "met", "--visit", "Hillside")
    try stage.ana.run("sync")

    let sync = try stage.ben.attempt("sync")
    #expect(sync.status == 0 && sync.output.hasPrefix("All synced. Sent 2 changes"), "\(sync)")
    #expect(sync.messages.contains("no longer on visit \(stage.visit) Riverside"), "\(sync)")
    #expect(sync.messages.contains("without effect until a person releases it"), "\(sync)")
    #expect(try stage.ben.read("show", "XR-308")["teamView"].text == "one-view")

    try stage.ana.run("sync")
    func view(_ ref: String, _ visit: String) throws -> String {
      try stage.ana.read("show", ref, "--visit", visit)["teamView"].text
    }
    #expect(try view("XR-304", "Riverside") == "one-view")
    #expect(try view("XR-305", "Riverside") == "not-judged")
    #expect(try view("XR-306", "Hillside") == "one-view")
    let riverside = try stage.ana.read("status", "--visit", "Riverside")
    #expect(riverside["withoutEffect"]["held"].number == 1)
    #expect(try stage.server.administer("verify").contains("integrity: nothing was changed"))
  }

  @Test("Nothing waits on the device of a removed member, who keeps what came in and gets no more")
  func nothingWaits() throws {
    let stage = try stage()
    try removeBen(from: stage)
    try stage.ben.run("judge", "XR-305", "met", "--visit", "Riverside")
    try stage.ana.run("judge", "XR-307", "met", "--visit", "Riverside")
    try stage.ana.run("sync")
    #expect(try stage.ben.run("status", "--visit", "Riverside").contains("1 change to send"))
    try stage.ben.run("sync")
    let again = try stage.ben.read("sync")
    #expect(again["unsent"].number == 0 && again["roundTrips"].number == 1)
    #expect(again["removedFrom"].list.map(\.text) == [stage.visit])
    #expect(again["operationsSent"].number == 0 && again["operationsReceived"].number == 0)
    #expect(try stage.ben.read("doctor")["unsent"].number == 0)
    #expect(try stage.ben.run("status", "--visit", "Riverside").contains("all sent"))
    #expect(try stage.ben.run("show", "XR-305", "--visit", "Riverside").contains("one view: met"))
    let unseen = try stage.ben.read("show", "XR-307", "--visit", "Riverside")
    #expect(unseen["teamView"].text == "not-judged")
    #expect(try stage.ana.read("sync")["removedFrom"].list.isEmpty)
  }
}
