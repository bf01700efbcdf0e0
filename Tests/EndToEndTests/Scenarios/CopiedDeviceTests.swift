import Foundation
import Testing

/// Folders of devices that are copied, put back, or lose their key, worked by real programs.
@Suite("Devices that are copied or put back")
struct CopiedDeviceTests {
  private let stage: Stage

  init() throws { stage = try Stage() }

  private func copy(_ device: Device, to name: String) throws -> Device {
    let home = stage.folder.path + "/" + name
    try FileManager.default.copyItem(atPath: device.home, toPath: home)
    return Device(home: home)
  }

  @Test("A copied folder with unsealed work: both halves sync, go on, and everything counts once")
  func copied() throws {
    for ref in ["XR-304", "XR-305", "XR-306"] { try stage.ben.run("judge", ref, "met") }
    let copy = try copy(stage.ben, to: "copy")
    try stage.ben.run("judge", "XR-307", "met")
    try copy.run("judge", "XR-307", "not-met", "--because", "Not in room 2.")
    try stage.ben.run("sync")

    let sync = try copy.attempt("sync")
    #expect(sync.status == 0 && sync.output.hasPrefix("All synced."), "\(sync)")
    #expect(sync.messages.contains("goes on under a new name"), "\(sync)")
    #expect(!sync.messages.contains("enrol"), "\(sync)")
    let again = try copy.attempt("sync")
    #expect(!again.messages.contains("goes on under a new name"), "it is told once: \(again)")
    let other = try stage.ben.attempt("sync", "--json")
    #expect(try JSON(other.output)["retired"].list.count == 1, "\(other)")

    // Each goes on to write under a name of its own.
    try stage.ben.run("judge", "XR-308", "met")
    try copy.run("comment", "XR-308", "From the copy.")
    try stage.settle([stage.ana, stage.ben, stage.lil, copy])
    for device in [stage.ben, copy] {
      let health = try device.read("doctor")
      #expect(health["isWell"].isTrue && health["condition"].text == "ready")
      #expect(health["retired"].list.count == 1)
      #expect(try device.run("doctor").contains("identity"))
    }
    let names = try [stage.ben, copy].map { try $0.read("doctor")["replica"].text }
    #expect(Set(names).count == 2)

    // One reviewer on two devices is no dispute, and nothing was doubled.
    #expect(try stage.ana.teamView("XR-307") == "self-conflict")
    #expect(try stage.ana.teamView("XR-304") == "one-view")
    let entries = try stage.ana.read("history")["entries"].list
    let bens = entries.filter { $0["name"].text == "Ben" }
    #expect(bens.count { $0["effect"].text == "effective" } == 3 + 2 + 2)
    #expect(Set(bens.map { $0["device"].text }).isSuperset(of: ["ben, copy 1", "ben, copy 2"]))
    let explained = try stage.ana.run("explain", "XR-307")
    #expect(explained.contains("copy 1") && explained.contains("copy 2"))
    #expect(try stage.server.administer("verify").contains("integrity: nothing was changed"))
  }

  @Test("A folder put back from a backup: what was sent comes back, and the device goes on")
  func restored() throws {
    let backup = try copy(stage.ben, to: "backup")
    try stage.ben.run("judge", "XR-304", "met")
    try stage.ben.run("sync")
    try FileManager.default.removeItem(atPath: stage.ben.home)
    try FileManager.default.moveItem(atPath: backup.home, toPath: stage.ben.home)
    try stage.ben.run("judge", "XR-305", "not-met", "--because", "None.")
    let sync = try stage.ben.attempt("sync")
    #expect(sync.status == 0 && sync.messages.contains("put back from a backup"), "\(sync)")
    #expect(try stage.ben.teamView("XR-304") == "one-view")
    try stage.ben.run("judge", "XR-304", "not-met", "--because", "Gone.")
    try stage.settle()
    #expect(try stage.ana.teamView("XR-304") == "one-view")
    #expect(try stage.ana.read("show", "XR-304")["places"].list.count == 1)
  }

  @Test("A folder whose key is gone: enrolled again, it keeps what was never sent, once")
  func keyLost() throws {
    try stage.ben.run("judge", "XR-304", "met")
    try FileManager.default.removeItem(atPath: stage.ben.home + "/replica.key")
    let refused = try stage.ben.attempt("judge", "XR-305", "met")
    #expect(refused.status == 2 && refused.messages.contains("replica.key"), "\(refused)")
    #expect(try stage.ben.attempt("sync").status == 2)
    let code = try stage.server.administer("code", "issue", "Ben")
    try stage.ben.run("enrol", "--again", stage.server.url, code, "--device", "ben")
    try stage.ben.run("judge", "XR-305", "met")
    try stage.settle()
    #expect(try stage.ana.teamView("XR-304") == "one-view")
    #expect(try stage.ana.teamView("XR-305") == "one-view")
  }
}
