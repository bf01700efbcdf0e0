import Foundation
import Testing

/// A server is put back to a backup, played by real programs.
@Suite("A server that is restored")
struct RestoreTests {
  /// What happens after the backup: work, a new visit, a removal, a device enrolled anew.
  private func goOn(_ stage: Stage) throws -> Device {
    try stage.ben.run("judge", "XR-305", "not-met", "--because", "After the backup.")
    try stage.ben.run("sync")
    try stage.server.administer(
      "visit",
      "create",
      "--title",
      "Hillside",
      "--framework",
      "qsi-imaging",
      "--member",
      "Ana:lead",
      "--member",
      "Ben:peer"
    )
    let phone = try stage.device("phone", of: "Ana")
    for device in [stage.ana, stage.ben] {
      try device.run("visits")
      try device.run("open", "Hillside")
      try device.run("sync")
    }
    try stage.ben.run("judge", "XR-306", "met", "--visit", "Hillside")
    try phone.run("judge", "XR-307", "met", "--visit", "Riverside")
    try phone.run("sync")
    try stage.server.administer(
      "visit",
      "member",
      "remove",
      stage.visit,
      "Lil",
      "--because",
      "Fell ill"
    )
    for device in [stage.ben, stage.ana] { try device.run("sync") }
    return phone
  }

  private func status(_ device: Device, _ visit: String) throws -> String {
    try device.run("status", "--visit", visit, "--json")
  }

  @Test("Devices bring back work, a visit, a removal and others' devices that the backup lacks")
  func restore() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-304", "met")
    try stage.ana.run("sync")
    #expect(stage.server.stop() == 0)
    let backup = stage.folder.path + "/backup.sqlite"
    try FileManager.default.copyItem(atPath: stage.server.store, toPath: backup)
    try #require(try stage.server.start())
    let phone = try goOn(stage)
    let code = try stage.server.administer("code", "issue", "Ben")
    let before = try ["Riverside", "Hillside"].map { try status(stage.ana, $0) }

    #expect(stage.server.stop() == 0)
    try stage.server.administer("restore", backup)
    try #require(try stage.server.start())
    #expect(try !stage.server.administer("visit", "list").contains("Hillside"))
    try stage.lil.run("judge", "XR-308", "met")

    let first = try stage.ana.attempt("sync")
    #expect(first.status == 0, "\(first)")
    #expect(first.messages.contains("restored from a backup"), "\(first)")
    #expect(try stage.server.administer("visit", "list").contains("Hillside"))
    try stage.ben.run("sync")
    // The phone was enrolled after the backup: others brought its certificate with its work.
    try phone.run("sync")
    let lil = try stage.lil.attempt("sync")
    #expect(lil.messages.contains("no longer on visit \(stage.visit) Riverside"), "\(lil)")
    #expect(lil.messages.contains("without effect until a person releases it"), "\(lil)")
    for device in [stage.ana, stage.ben, phone, stage.ana] { try device.run("sync") }

    for visit in ["Riverside", "Hillside"] {
      #expect(try status(stage.ana, visit) == status(stage.ben, visit))
    }
    #expect(try status(stage.ana, "Hillside") == before[1])
    #expect(try status(stage.ana, "Riverside") == status(phone, "Riverside"))
    #expect(
      try stage.ana.read("show", "XR-305", "--visit", "Riverside")["teamView"].text == "one-view"
    )
    #expect(
      try stage.ben.read("show", "XR-307", "--visit", "Riverside")["teamView"].text == "one-view"
    )
    #expect(
      try stage.ben.read("show", "XR-308", "--visit", "Riverside")["teamView"].text == "not-judged"
    )
    #expect(try stage.server.administer("verify").contains("integrity: nothing was changed"))
    #expect(try stage.ana.read("doctor")["unsent"].number == 0)
    // A code from after the backup is as unknown as one that it voids.
    let again = Device(home: stage.folder.path + "/again")
    #expect(try again.attempt("enrol", stage.server.url, code, "--device", "again").status != 0)
  }

  @Test("A store that was put back by hand is found out by a file, and goes on")
  func byHand() throws {
    let stage = try Stage()
    let files = FileManager.default
    try stage.settle(stage.devices)
    #expect(stage.server.stop() == 0)
    let old = stage.folder.path + "/old.sqlite"
    try files.copyItem(atPath: stage.server.store, toPath: old)
    func remove(_ name: String) throws {
      try stage.server.administer(
        "visit",
        "member",
        "remove",
        stage.visit,
        name,
        "--because",
        "Fell ill"
      )
    }
    try remove("Lil")
    try #require(try stage.server.start())
    try stage.ana.run("sync")
    #expect(stage.server.stop() == 0)
    for suffix in ["", "-wal", "-shm"] where files.fileExists(atPath: stage.server.store + suffix) {
      try files.removeItem(atPath: stage.server.store + suffix)
    }
    try files.copyItem(atPath: old, toPath: stage.server.store)
    // Under the name that the other removal has on Ana's device.
    try remove("Ben")

    let stick = stage.folder.path + "/ana.fieldbook"
    try stage.ana.run("bundle", "export", stick)
    let taken = try stage.server.attempt("bundle", "import", stick)
    #expect(taken.status == 0 && taken.messages.contains("A new history began"), "\(taken)")
    try stage.server.administer("visit", "member", "add", stage.visit, "Ben", "peer")
    #expect(try stage.server.administer("verify").contains("integrity: nothing was changed"))

    try #require(try stage.server.start())
    try stage.ben.run("judge", "XR-304", "met")
    for device in [stage.ana, stage.ben, stage.ana] { try device.run("sync") }
    #expect(try status(stage.ana, "Riverside") == status(stage.ben, "Riverside"))
    #expect(try stage.ana.read("show", "XR-304")["teamView"].text == "one-view")
    let lil = try stage.lil.attempt("sync")
    #expect(lil.messages.contains("no longer on visit \(stage.visit) Riverside"), "\(lil)")
  }
}
