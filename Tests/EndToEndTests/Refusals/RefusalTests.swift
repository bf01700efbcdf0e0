import Foundation
import SyncProtocol
import Testing

/// Everything that is refused, with its exit status and what the person is told.
@Suite("Refusals")
struct RefusalTests {
  @Test("A code that is none, unknown, used or another server's is refused")
  func codes() throws {
    let stage = try Stage()
    let device = Device(home: stage.folder.path + "/new")
    let url = stage.server.url
    let none = try device.attempt("enrol", url, "ABCD")
    #expect(none.status == 2 && none.messages.contains("no enrolment code"))

    let issued = try stage.server.administer("code", "issue", "Ben")
    let code = try #require(EnrolmentCode(text: issued))
    let guessed = try #require(
      EnrolmentCode(secret: Array(repeating: 7, count: 10), fingerprint: code.fingerprint)
    )
    let unknown = try device.attempt("enrol", url, "\(guessed)")
    #expect(unknown.status == 2 && unknown.messages.contains("organiser"), "\(unknown)")

    let stranger = try #require(
      EnrolmentCode(secret: code.secret, fingerprint: Array(repeating: 7, count: 10))
    )
    let other = try device.attempt("enrol", url, "\(stranger)")
    #expect(other.status == 2 && other.messages.contains("identity differs"), "\(other)")

    // The answer above was not believed, as if it had been lost: the same key asks again.
    try device.run("enrol", url, issued)
    let thief = Device(home: stage.folder.path + "/thief")
    let used = try thief.attempt("enrol", url, issued)
    #expect(used.status == 2, "\(used)")
    let again = try device.attempt("enrol", url, issued)
    #expect(again.status == 2 && again.messages.contains("enrolled already"))
  }

  @Test("What cannot be judged is refused with what to do")
  func judgements() throws {
    let stage = try Stage()
    let near = try stage.ana.attempt("judge", "XR-394", "met")
    #expect(near.status == 2 && near.messages.contains("XR-304"), "\(near)")
    let nowhere = try stage.ana.attempt("show", "ZZ")
    #expect(nowhere.status == 2 && nowhere.messages.contains("fieldbook standards"))
    let unreasoned = try stage.ana.attempt("judge", "CT-903", "not-applicable")
    #expect(unreasoned.status == 2 && unreasoned.messages.contains("pathway-not-provided"))
    let reasoned = try stage.ana.attempt("judge", "CT-903", "met", "--reason", "other")
    #expect(reasoned.status == 2)
    let nothing = try stage.ana.attempt("withdraw", "XR-101")
    #expect(nothing.status == 2 && nothing.messages.contains("nothing to withdraw"))
    let unjudged = try stage.ana.attempt("resolve", "XR-101", "met", "--because", "x")
    #expect(unjudged.status == 2 && unjudged.messages.contains("Judge it first"))
    let usage = try stage.ana.attempt("judge", "XR-304", "perfect")
    #expect(usage.status == 64 && usage.messages.contains("not-applicable"))
    #expect(try stage.ana.operationCount() == Stage.founding, "nothing was written")
  }

  @Test("A text that grows too large when it is escaped is refused before it is written")
  func tooLarge() throws {
    let stage = try Stage()
    let text = String(repeating: "\u{1}", count: 5_000)
    let escaped = try stage.ana.attempt("comment", "XR-304", text)
    #expect(escaped.status == 2 && escaped.messages.contains("16384"), "\(escaped.messages)")
    let long = try stage.ana.attempt("comment", "XR-304", String(repeating: "a", count: 8_193))
    #expect(long.status == 2 && long.messages.contains("8192"))
    #expect(try stage.ana.read("doctor")["unsent"].number == 0)
    try stage.ana.run("comment", "XR-304", String(repeating: "a", count: 8_192))
    try stage.settle()
  }

  @Test("Without a server a sync fails and says that the work is safe")
  func noServer() throws {
    let stage = try Stage()
    try stage.ana.run("judge", "XR-304", "met")
    stage.server.stop()
    let outcome = try stage.ana.attempt("sync")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.messages.contains("your work is kept"))
    #expect(outcome.messages.contains("1 change of yours waits here"))
    #expect(try stage.ana.run("status").contains("1 change to send"))
    #expect(try stage.ana.run("doctor").contains("1 change to send"))
    let visits = try stage.ana.attempt("visits")
    #expect(visits.status == 0 && visits.output.contains("Riverside"))
    try #require(try stage.server.start())
    try stage.settle()
  }

  @Test("The page of a captive portal is no answer")
  func captivePortal() throws {
    let portal = try CaptivePortal()
    let folder = try TemporaryFolder()
    let device = Device(home: folder.path + "/home")
    let code = try #require(
      EnrolmentCode(
        secret: Array(repeating: 1, count: 10),
        fingerprint: Array(repeating: 2, count: 10)
      )
    )
    let outcome = try device.attempt("enrol", "http://127.0.0.1:\(portal.port)", "\(code)")
    #expect(outcome.status == 1, "\(outcome)")
    #expect(outcome.messages.contains("not a Fieldbook server"))
  }

  @Test("A store that a newer program wrote is not touched")
  func futureStore() throws {
    let stage = try Stage()
    let store = stage.ana.home + "/store.sqlite"
    #expect(!FileManager.default.fileExists(atPath: store + "-wal"))
    let file = try #require(FileHandle(forUpdatingAtPath: store))
    // The user version stands big-endian at offset 60 (https://www.sqlite.org/fileformat.html).
    try file.seek(toOffset: 60)
    try file.write(contentsOf: Data([0, 0, 0, 99]))
    try file.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: store))
    for command in ["status", "sync", "visits"] {
      let outcome = try stage.ana.attempt(command)
      #expect(outcome.status == 2 && outcome.messages.contains("newer Fieldbook"), "\(outcome)")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: store)) == before)
  }

  @Test("A visit that one is not on cannot be opened")
  func foreignVisit() throws {
    let stage = try Stage()
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
    try stage.ben.run("visits")
    let outcome = try stage.ben.attempt("open", other)
    #expect(outcome.status == 2 && outcome.messages.contains("fieldbook visits"))
  }

  @Test("A store without its key, or from another installation, is read and not written")
  func copiedStore() throws {
    let stage = try Stage()
    try stage.ben.run("judge", "XR-304", "met")
    try stage.ben.run("sync")
    let copy = Device(home: stage.folder.path + "/copy")
    let files = FileManager.default
    try files.createDirectory(atPath: copy.home, withIntermediateDirectories: true)
    try files.copyItem(
      atPath: stage.ben.home + "/store.sqlite",
      toPath: copy.home + "/store.sqlite"
    )
    let refused = try copy.attempt("judge", "XR-305", "met")
    #expect(refused.status == 2 && refused.messages.contains("Enrol again"), "\(refused)")
    #expect(try copy.run("status").contains("1 of 80 judged"))
    #expect(try copy.attempt("doctor").status == 1)
    let code = try stage.server.administer("code", "issue", "Ben")
    try copy.run("enrol", stage.server.url, code, "--again", "--device", "copy")
    try copy.run("judge", "XR-305", "met")
    try stage.ben.run("judge", "XR-306", "met")
    try stage.settle(stage.devices + [copy])
    #expect(try stage.lil.operationCount() == Stage.founding + 3)
    #expect(try copy.run("doctor").contains("All sent"))
  }

  @Test("Enrolling again that fails leaves the device as it was, and what it wrote is kept")
  func failedSecondEnrolment() throws {
    let stage = try Stage()
    try stage.ben.run("judge", "XR-304", "met")
    let code = try stage.server.administer("code", "issue", "Ben")
    stage.server.stop()
    let failed = try stage.ben.attempt("enrol", "--again", stage.server.url, code)
    #expect(failed.status == 1)
    try stage.ben.run("judge", "XR-305", "met")
    try #require(try stage.server.start())
    try stage.ben.run("enrol", "--again", stage.server.url, code)
    try stage.ben.run("judge", "XR-304", "not-met")
    try stage.settle()
    #expect(try stage.lil.teamView("XR-304") == "one-view")
    #expect(try stage.lil.operationCount() == Stage.founding + 3)
  }

  @Test("What one person never signed does not go on under another's name")
  func lostKey() throws {
    let stage = try Stage()
    try stage.ben.run("judge", "XR-304", "met")
    let key = stage.ben.home + "/replica.key"
    let files = FileManager.default
    try files.moveItem(atPath: key, toPath: key + ".aside")
    let others = try stage.server.administer("code", "issue", "Ana")
    let refused = try stage.ben.attempt("enrol", stage.server.url, others)
    #expect(refused.status == 2 && refused.messages.contains("another folder"), "\(refused)")
    try files.moveItem(atPath: key + ".aside", toPath: key)
    try stage.ben.run("sync")
    let code = try stage.server.administer("code", "issue", "Ben")
    try stage.ben.run("enrol", "--again", stage.server.url, code)
    try stage.settle()
    #expect(try stage.lil.teamView("XR-304") == "one-view")
  }

  @Test("Before there is a device, a visit or a code, each command says what comes first")
  func beginnings() throws {
    let folder = try TemporaryFolder()
    let device = Device(home: folder.path + "/home")
    for command in ["status", "visits", "sync", "doctor", "disputes"] {
      let outcome = try device.attempt(command)
      #expect(outcome.status == 2 && outcome.messages.contains("fieldbook enrol"), "\(outcome)")
    }
    #expect(!FileManager.default.fileExists(atPath: device.home), "reading makes nothing")
    let address = try device.attempt("enrol", "review.example", "x")
    #expect(address.status == 2)
  }

  @Test("The programs run from a folder of their own with the frameworks beside them")
  func installed() throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    let name = "fieldbook_FrameworkCatalogue.resources"
    let program = folder.path + "/fieldbook"
    func install(_ name: String) throws {
      let source = URL(fileURLWithPath: Program.folder + "/" + name).resolvingSymlinksInPath()
      try files.copyItem(atPath: source.path, toPath: folder.path + "/" + name)
    }
    try install("fieldbook")
    let lacking = try Program(path: program).run(["framework", "list"])
    #expect(lacking.status == 1 && lacking.messages.contains(name), "\(lacking)")
    try install(name)
    let complete = try Program(path: program).run(["framework", "list"])
    #expect(complete.status == 0 && complete.output.contains("qsi-imaging"))
  }
}
