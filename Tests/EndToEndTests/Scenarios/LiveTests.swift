import Foundation
import Testing

/// Devices that stay in touch with the server, played by real programs.
@Suite("Syncing live", .timeLimit(.minutes(10)))
struct LiveTests {
  @Test("What is new goes at once, both ways, and other commands work beside it")
  func live() throws {
    let stage = try Stage()
    let ana = try Background(stage.ana, "sync", "--live")
    let ben = try Background(stage.ben, "sync", "--live", "--json")
    try ana.says("All synced")
    try ben.says("\"roundTrips\"")
    try stage.ben.run("judge", "XR-304", "met", "--because", "Seen.")
    try ben.says("\"operationsSent\":1")
    try ana.says("received 1")
    #expect(try stage.ana.teamView("XR-304") == "one-view")
    try stage.ana.run("judge", "XR-304", "not-met", "--because", "Not in the unit.")
    try ana.says("Sent 1 change")
    try ben.says("\"operationsReceived\":1")
    #expect(try stage.ben.teamView("XR-304") == "disputed")
    #expect(ana.isRunning && ben.isRunning)
    ana.end()
    ben.end()
    try stage.settle()
  }

  @Test("A server that stops lets listeners go, and they come back with what was written meanwhile")
  func serverRestarts() throws {
    let stage = try Stage()
    let ana = try Background(stage.ana, "sync", "--live")
    try ana.says("All synced")
    #expect(stage.server.stop() == 0)
    try stage.ana.run("judge", "XR-304", "met")
    try ana.mentions("It goes on by itself when the server answers.")
    try #require(try stage.server.start())
    try ana.mentions("The server answers again.")
    try ana.says("Sent 1 change")
    #expect(ana.isRunning)
  }

  @Test("Whoever is put on another visit is told")
  func otherVisit() throws {
    let stage = try Stage()
    let ana = try Background(stage.ana, "sync", "--live")
    try ana.says("All synced")
    let other = try stage.server.administer(
      "visit",
      "create",
      "--title",
      "Hillside",
      "--framework",
      "qsi-imaging",
      "--member",
      "Ana:lead"
    )
    try ana.mentions("fieldbook open \(other)")
    #expect(ana.isRunning)
  }
}
