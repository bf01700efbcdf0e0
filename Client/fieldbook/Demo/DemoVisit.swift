import Convergence
import SyncProtocol

/// A disputed visit, played by real programs against real stores.
///
/// The script says what people do. What comes of it is asked of the stores each time: which standards
/// are open is read from `disputes`, and whether all devices agree from their digests.
struct DemoVisit {
  private let folder: String
  private let server: DemoServer
  private let ana: DemoDevice
  private let ben: DemoDevice
  private let phone: DemoDevice
  private let lil: DemoDevice

  private var everybody: [DemoDevice] { [ana, ben, phone, lil] }

  /// Sets the stage in a folder.
  init(in folder: String) throws(CommandFailure) {
    self.folder = folder
    server = try DemoServer(in: folder)
    ana = DemoDevice("Ana's laptop", in: folder)
    ben = DemoDevice("Ben's tablet", in: folder)
    phone = DemoDevice("Ben's phone", in: folder)
    lil = DemoDevice("Lil's tablet", in: folder)
  }

  /// Plays the visit.
  func play() throws(CommandFailure) {
    defer { server.stop() }
    try prepare()
    try workApart()
    try comeTogether()
    try settle()
    try disagreeKnowingly()
    try conclude()
  }

  // MARK: Acts

  private func prepare() throws(CommandFailure) {
    act("1. A server, a visit, three people, four devices")
    _ = try server.administer("init", "--name", "Regional peer review")
    let people = ["Ana Rowe", "Ben Ito", "Lil Park"]
    for name in people { _ = try server.administer("person", "add", name) }
    _ = try server.administer(
      "visit",
      "create",
      "--title",
      "Riverside 2026",
      "--framework",
      "qsi-imaging",
      "--service",
      "Riverside imaging",
      "--member",
      "Ana Rowe:lead",
      "--member",
      "Ben Ito:peer",
      "--member",
      "Lil Park:lay"
    )
    try server.start()
    say("The server listens on \(server.url); nothing leaves this machine.")
    let owners = [(ana, people[0]), (ben, people[1]), (phone, people[1]), (lil, people[2])]
    for (device, owner) in owners {
      let code = try server.administer("code", "issue", owner)
      try device.run("enrol", server.url, code, "--device", device.name)
    }
    for device in everybody {
      _ = try device.quietly("visits")
      _ = try device.quietly("open", "Riverside")
      _ = try device.quietly("sync")
    }
    say("Each device opened the visit and synced once. Ana sees:")
    try ana.run("status")
  }

  private func workApart() throws(CommandFailure) {
    act("2. The network goes; everybody works on their own")
    server.stop()
    say("The server is really stopped. Ana judges, and tries to sync:")
    try ana.run("judge", "XR-304", "met", "--because", "Hoists everywhere, all tested this year.")
    try ana.run("sync", mayFail: true)
    try ana.run("judge", "XR-105", "met", "--because", "Leaflets in nine languages.")
    let reason = "pathway-not-provided"
    try ana.run("judge", "CT-903", "not-applicable", "--reason", reason)
    try ana.run("evidence", "add", "Dose audit 2025", "--supports", "XR-802", "--kind", "audit")
    say("Ben, in another building, has seen none of that:")
    try ben.run("judge", "xr304", "not-met", "--because", "The mobile unit has no hoist at all.")
    try ben.run("judge", "XR-105", "met", "--because", "Asked six patients; all were told.")
    try ben.run("judge", "XR-702", "met", "--because", "Protocols are current.")
    try ben.run("evidence", "add", "Re-audit", "--supports", "XR-802", "--status", "requested")
    say("In a corridor he uses his phone, which knows nothing of his tablet:")
    try phone.run("judge", "XR-702", "not-met", "--because", "Two protocols are out of date.")
    say("Lil speaks with patients:")
    try lil.run("comment", "XR-105", "Two patients had not been told why they waited.")
    try lil.run("judge", "XR-103", "not-met", "--because", "Gowns did not close.")
  }

  private func comeTogether() throws(CommandFailure) {
    act("3. The network is back")
    try server.start()
    for device in [phone, lil, ana, ben] { try device.run("sync") }
    say("Some synced before the others had sent. Once more round:")
    for device in [phone, lil, ana] { try device.run("sync") }
    say(
      "Lil's tablet now says what a person has to settle. Where two people differ both rationales "
        + "are there; versions that one person wrote on two devices are theirs to choose from, and "
        + "no dispute:"
    )
    try lil.run("disputes")
  }

  private func settle() throws(CommandFailure) {
    act("4. Ben chooses, Ana resolves; meanwhile Ben changes his mind")
    let ownConflicts = try refs("self-conflict", on: phone)
    for ref in ownConflicts { try phone.run("choose", ref, "1") }
    let disputed = try refs("disputed", on: ana)
    say("Disputed, as Ana's store says: \(disputed.joined(separator: ", ")).")
    for ref in disputed {
      let because = "The mobile unit is part of the service."
      try ana.run("resolve", ref, "not-met", "--because", because)
      say("Before that reaches Ben, and without having seen it:")
      try ben.run("judge", ref, "met", "--because", "The hoist was in the store room after all.")
    }
    for device in [ana, phone, ben, ana] { _ = try device.quietly("sync") }
    say("All have synced. The resolution is kept, shown and stale: it never saw Ben's new view.")
    for ref in try refs("stale", on: ana) { try ana.run("explain", ref) }
  }

  private func disagreeKnowingly() throws(CommandFailure) {
    act("5. Ana reads what Lil wrote, and differs")
    try ana.run("show", "XR-103")
    try ana.run("judge", "XR-103", "met", "--because", "New gowns came in on Monday.")
    try ana.run("sync")
    _ = try lil.quietly("sync")
    say("A dispute again, and the log proves that this time one side had seen the other:")
    try lil.run("explain", "XR-103")
  }

  private func conclude() throws(CommandFailure) {
    act("6. What the stores say in the end")
    for _ in 0..<2 {
      for device in everybody { _ = try device.quietly("sync") }
    }
    let report = folder + "/report.html"
    try ana.run("report", "--output", report)
    try ana.run("status")
    var states: [String] = []
    for device in everybody {
      let json = try device.quietly("status", "--json")
      states.append(json)
      let digest = try Self.value(json)["stateDigest"]?.string ?? "?"
      let document = Hash256.plain(Array(json.utf8)).text
      Terminal.out(
        "\(device.name.padded(to: 14)) state \(digest.prefix(16))  status \(document.prefix(16))"
      )
    }
    let verdict = try server.administer("verify")
    say("The server checked every hash, signature and state again:")
    for line in verdict.split(separator: "\n") { Terminal.out("    \(line)") }
    guard Set(states).count == 1 else {
      throw .failed("The devices do not agree. That is a fault of Fieldbook: please report it.")
    }
    say("All four devices print the same status, byte for byte. Nobody's words were overwritten.")
  }

  // MARK: Asking the stores

  /// The refs whose team view has a name, as a device's own `disputes --json` tells.
  private func refs(
    _ teamView: String,
    on device: DemoDevice
  ) throws(CommandFailure) -> [String] {
    let document = try Self.value(device.quietly("disputes", "--json"))
    return (document["open"]?.list ?? []).filter { $0["teamView"] == .string(teamView) }
      .compactMap { $0["ref"]?.string }
  }

  private static func value(_ json: String) throws(CommandFailure) -> Value {
    do throws(ProtocolError) {
      return try StrictJSON.value(of: Array(json.utf8.dropLast()))
    } catch {
      throw .failed("A document of fieldbook does not read: \(error.message).")
    }
  }

  private func act(_ title: String) { Terminal.out("\n" + Terminal.strong("== \(title)") + "\n") }

  private func say(_ text: String) { Terminal.out(Wrap.indented(text, by: 0)) }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
