import Foundation
import Testing

/// Work that goes by stick, and what happens to it afterwards, with the real programs.
@Suite("By file")
struct BundleTests {
  @Test("Three devices work for five days by stick alone; then one sync brings all to the same")
  func fiveDays() throws {
    let stage = try Stage()
    try stage.settle(stage.devices)
    stage.server.stop()
    let devices = stage.devices
    let refs = try stage.ana.read("standards")["standards"].list.map { $0["ref"].text }
    var written = 0
    for day in 0..<5 {
      for (index, device) in devices.enumerated() {
        try device.run(
          "judge",
          refs[day],
          index == day % 3 ? "met" : "not-met",
          "--because",
          "Seen."
        )
        written += 1
        let stick = stage.folder.path + "/day\(day)-\(index).fieldbook"
        try device.run("bundle", "export", stick)
        let next = devices[(index + 1 + day % 2) % devices.count]
        let report = try next.read("bundle", "import", stick)
        #expect(report["files"].list.first?["complete"].isTrue == true)
      }
    }
    let last = stage.folder.path + "/last.fieldbook"
    for _ in 0..<2 {
      for (index, device) in devices.enumerated() {
        try device.run("bundle", "export", last)
        try devices[(index + 1) % devices.count].run("bundle", "import", last)
      }
    }
    let states = try devices.map { try $0.run("status", "--json") }
    #expect(Set(states).count == 1)
    #expect(try stage.lil.operationCount() == Stage.founding + written)
    try stage.server.start()
    try stage.ana.run("sync")
    #expect(try stage.server.administer("verify").contains("nothing was changed"))
    try stage.settle(devices)
    #expect(Set(try devices.map { try $0.run("status", "--json") }) == [states[0]])
    for device in devices { #expect(try device.attempt("verify").status == 0) }
  }

  @Test("The server takes a file in while it runs and while it stands still, and twice is once")
  func intoServer() throws {
    let stage = try Stage()
    try stage.settle(stage.devices)
    try stage.ana.run("judge", "XR-304", "met", "--because", "Seen.")
    let stick = stage.folder.path + "/ana.fieldbook"
    try stage.ana.run("bundle", "export", stick)
    let mode = try FileManager.default.attributesOfItem(atPath: stick)[.posixPermissions]
    #expect((mode as? NSNumber)?.intValue == 0o600)
    let report = try JSON(stage.server.administer("bundle", "import", stick, "--json"))
    #expect(report["visits"].list.first?["new"].number == 1)
    stage.server.stop()
    let again = try JSON(stage.server.administer("bundle", "import", stick, "--json"))
    #expect(again["visits"].list.first?["new"].number == 0)
    let back = stage.folder.path + "/server.fieldbook"
    try stage.server.administer("bundle", "export", back)
    try stage.lil.run("bundle", "import", back)
    #expect(try stage.lil.teamView("XR-304") == "one-view")
    try stage.server.start()
    try stage.settle(stage.devices)
  }

  @Test("A cut file gives what is whole in it, says so, and ends with status 2")
  func cutFile() throws {
    let stage = try Stage()
    try stage.settle(stage.devices)
    try stage.ana.run("judge", "XR-304", "met", "--because", "Seen.")
    let stick = stage.folder.path + "/ana.fieldbook"
    try stage.ana.run("bundle", "export", stick)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: stick))
    try bytes.dropLast(30).write(to: URL(fileURLWithPath: stick))
    let outcome = try stage.lil.attempt("bundle", "import", stick)
    #expect(outcome.status == 2)
    #expect(outcome.output.contains("cut short"))
    let rubbish = stage.folder.path + "/rubbish"
    try Data("hello".utf8).write(to: URL(fileURLWithPath: rubbish))
    #expect(try stage.lil.attempt("bundle", "import", rubbish).status == 2)
    #expect(try stage.lil.attempt("bundle", "import", rubbish + "-absent").status == 2)
  }

  @Test("A rescue of a store that does not open comes into the server, and its owner loses nothing")
  func rescue() throws {
    let stage = try Stage()
    try stage.settle(stage.devices)
    try stage.ana.run("judge", "XR-304", "met", "--because", "Seen.")
    try stage.ana.run("bundle", "export", stage.folder.path + "/sealing.fieldbook")
    let store = URL(fileURLWithPath: stage.ana.home + "/store.sqlite")
    var bytes = try Data(contentsOf: store)
    bytes.replaceSubrange(0..<2_048, with: Data(count: 2_048))
    try bytes.write(to: store)
    #expect(try stage.ana.attempt("status").status != 0)
    let saved = stage.folder.path + "/saved.fieldbook"
    let outcome = try stage.ana.attempt("rescue", saved)
    #expect(outcome.status == 2)
    let report = try JSON(stage.server.administer("bundle", "import", saved, "--json"))
    #expect(report["visits"].list.first?["new"].number == 1)
    try stage.lil.run("sync")
    #expect(try stage.lil.teamView("XR-304") == "one-view")
  }

  @Test("A visit is closed only when the server has everything of it, and comes back as it was")
  func close() throws {
    let stage = try Stage()
    try stage.settle(stage.devices)
    try stage.ana.run("judge", "XR-304", "met", "--because", "Seen.")
    let refusal = try stage.ana.attempt("close", "Riverside")
    #expect(refusal.status == 2)
    #expect(refusal.messages.contains("fieldbook sync"))
    try stage.ana.run("sync")
    let before = try stage.ana.run("status", "--json")
    try stage.ana.run("close", "Riverside")
    #expect(try stage.ana.run("visits").contains("closed here"))
    #expect(try stage.ana.attempt("status").status == 2)
    try stage.ana.run("open", "Riverside")
    #expect(try stage.ana.attempt("judge", "XR-304", "not-met", "--because", "x").status == 2)
    try stage.ana.run("sync")
    #expect(try stage.ana.run("status", "--json") == before)
    try stage.ana.run("judge", "XR-304", "not-met", "--because", "Seen again.")
    try stage.settle(stage.devices)
    #expect(try stage.ana.attempt("verify").status == 0)
  }
}
