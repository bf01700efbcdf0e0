import Foundation
import Testing

/// Programs that die, as by `kill -9`, at every single write to their store.
@Suite("Sudden death", .enabled(if: Shim.isAvailable, Shim.reason))
struct DeathTests {
  @Test("C66: a device that dies at any write of a sync goes on with nothing lost or doubled")
  func deviceDies() throws {
    let stage = try Stage()
    let shim = try Shim.build(in: stage.folder.path)
    let standards = try stage.ana.read("standards")["standards"].list.map { $0["ref"].text }
    var operations = Stage.founding
    var k = 0
    var hasDied = true
    while hasDied {
      k += 1
      let ref = standards[k % standards.count]
      try stage.ana.run("judge", ref, "met", "--because", "a\(k)")
      try stage.ana.run("comment", ref, "c\(k)")
      try stage.ben.run("judge", ref, "not-met", "--because", "b\(k)")
      try stage.ben.run("sync")
      operations += 3
      let outcome = try stage.ana.attempt("sync", environment: shim.death(atWrite: k))
      hasDied = outcome.status == 128 + SIGKILL
      #expect(hasDied || outcome.status == 0, "k = \(k): \(outcome.messages)")
      try check(stage.ana, stage.ben, ref, k, operations)
    }
    print("A sync of a device writes \(k - 1) times; it died at each and went on.")
    #expect(k > 10, "the library did not count")
    try stage.settle()
    #expect(try stage.server.administer("verify").contains("integrity: nothing was changed"))
  }

  @Test("A server that dies at any write keeps all that it acknowledged, once")
  func serverDies() throws {
    let stage = try Stage()
    let shim = try Shim.build(in: stage.folder.path)
    let standards = try stage.ana.read("standards")["standards"].list.map { $0["ref"].text }
    var operations = Stage.founding
    var k = 0
    var hasDied = true
    stage.server.stop()
    while hasDied {
      k += 1
      let ref = standards[k % standards.count]
      try stage.ana.run("judge", ref, "met", "--because", "a\(k)")
      try stage.ana.run("comment", ref, "c\(k)")
      try stage.ben.run("judge", ref, "not-met", "--because", "b\(k)")
      operations += 3
      if try stage.server.start(environment: shim.death(atWrite: k)) {
        for device in [stage.ana, stage.ben] {
          let outcome = try device.attempt("sync")
          #expect([0, 1].contains(outcome.status), "k = \(k): \(outcome.messages)")
        }
      }
      let status = stage.server.stop()
      hasDied = status == 128 + SIGKILL
      #expect(hasDied || status == 0, "k = \(k)")
      try #require(try stage.server.start())
      try stage.ana.run("sync")
      try stage.ben.run("sync")
      try check(stage.ana, stage.ben, ref, k, operations)
      stage.server.stop()
    }
    print("A server writes \(k - 1) times in two syncs and its end; it died at each and went on.")
    #expect(k > 10, "the library did not count")
    try #require(try stage.server.start())
    try stage.settle()
    #expect(try stage.server.administer("verify").contains("integrity: nothing was changed"))
  }

  /// After one more sync of each, both hold everything, each thing once.
  private func check(
    _ ana: Device,
    _ ben: Device,
    _ ref: String,
    _ k: Int,
    _ operations: Int
  ) throws {
    try ana.run("sync")
    try ben.run("sync")
    let states = try [ana, ben].map { try $0.run("status", "--json") }
    #expect(states[0] == states[1], "k = \(k)")
    let entries = try ana.read("history")["entries"].list
    #expect(entries.count == operations, "k = \(k)")
    let words = entries.suffix(12).map { $0["words"].text }
    for text in ["a\(k)", "b\(k)", "c\(k)"] {
      #expect(words.count { $0.hasSuffix(": \(text)") } == 1, "k = \(k): \(text)")
    }
    #expect(entries.allSatisfy { $0["effect"].text == "effective" }, "k = \(k)")
  }
}
