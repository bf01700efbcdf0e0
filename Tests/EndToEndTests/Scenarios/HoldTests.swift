import Foundation
import Testing

/// An organiser decides what becomes of late work, played by real programs.
@Suite("Held work and revoked devices")
struct HoldTests {
  private func view(_ ref: String, on device: Device) throws -> String {
    try device.read("show", ref)["teamView"].text
  }

  @Test("Work that a removal holds is listed, said to everybody, released and refused")
  func removal() throws {
    let stage = try Stage()
    let server = stage.server
    try server.administer("visit", "member", "remove", stage.visit, "Ben", "--because", "Fell ill")
    try stage.ben.run("judge", "XR-304", "met")
    try stage.ben.run("sync")
    try stage.ben.run("judge", "XR-305", "met")
    try stage.ben.run("sync")
    try stage.ana.run("sync")
    #expect(try view("XR-304", on: stage.ana) == "not-judged")
    #expect(try stage.ana.run("status").contains("Ben: its author was taken off the visit"))
    #expect(try stage.ana.run("history", "XR-304").contains("taken off the visit before"))
    // Lines are broken where the terminal ends.
    let explained = try stage.ana.run("explain", "XR-304").split(whereSeparator: \.isWhitespace)
    #expect(explained.joined(separator: " ").contains("taken off the visit before"))

    let list = try server.administer("hold", "list", stage.visit)
    #expect(list.contains("set judgement") && list.contains("taken off the visit"), "\(list)")
    let held = try JSON(server.administer("hold", "list", "--json"))["held"].list
    #expect(held.map { $0["batch"].number } == [1, 2])
    let name = held[0]["device"].text
    func decide(_ decision: String, _ batch: String) throws {
      try server.administer(
        "hold",
        decision,
        stage.visit,
        name,
        batch,
        "--because",
        "Asked him"
      )
    }
    try decide("refuse", "2")
    try decide("release", "1")
    try stage.ana.run("sync")
    #expect(try view("XR-304", on: stage.ana) == "one-view")
    #expect(try view("XR-305", on: stage.ana) == "not-judged")
    #expect(try server.administer("hold", "list").contains("refused"))
    #expect(try stage.ben.run("show", "XR-305").contains("met"))
    #expect(try server.administer("verify").contains("integrity: nothing was changed"))
  }

  @Test("A revoked device keeps its work, brings it, is told, and reads no more")
  func revocation() throws {
    let stage = try Stage()
    let server = stage.server
    try stage.ben.run("judge", "XR-304", "met")
    try stage.ben.run("sync")
    let devices = try JSON(server.administer("device", "list", "--person", "Ben", "--json"))
    let name = try #require(devices["devices"].list.first)["device"].text
    try server.administer("device", "revoke", name, "--because", "Stolen")
    #expect(try server.administer("device", "list").contains("revoked"))
    try stage.ben.run("judge", "XR-305", "met")
    try stage.ana.run("judge", "XR-306", "met")
    try stage.ana.run("sync")
    let sync = try stage.ben.attempt("sync")
    #expect(sync.messages.contains("This device was revoked"), "\(sync)")
    #expect(try view("XR-305", on: stage.ben) == "one-view")
    #expect(try view("XR-306", on: stage.ben) == "not-judged")
    try stage.ana.run("sync")
    #expect(try view("XR-304", on: stage.ana) == "one-view")
    #expect(try view("XR-305", on: stage.ana) == "not-judged")
    #expect(try server.administer("hold", "list").contains("device revoked"))
  }

  @Test("Roles change from what the server has on, and two enrolments of one human become one")
  func roleAndJoin() throws {
    let stage = try Stage()
    let server = stage.server
    try stage.ben.run("judge", "XR-304", "met")
    try stage.ben.run("sync")
    try stage.ana.run("judge", "XR-304", "not-met")
    try stage.ana.run("sync")
    #expect(try view("XR-304", on: stage.ana) == "disputed")
    try server.administer("person", "join", "Ben", "Ana", "--because", "One human")
    try server.administer("visit", "member", "role", stage.visit, "Ben", "observer")
    try stage.ana.run("sync")
    #expect(try view("XR-304", on: stage.ana) == "self-conflict")
    try stage.ana.run("choose", "XR-304", "1")
    #expect(try view("XR-304", on: stage.ana) == "one-view")
    try stage.ana.run("sync")
    #expect(try server.administer("verify").contains("integrity: nothing was changed"))
  }
}
