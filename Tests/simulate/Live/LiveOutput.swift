import Convergence
import Simulation

/// What a tester reads of a run against a running server.
struct LiveOutput {
  let isJSON: Bool

  /// Reports a run; a broken promise ends the program with its status.
  func report(_ outcome: LiveOutcome) throws {
    if isJSON {
      Terminal.json(Self.value(outcome))
    } else {
      Terminal.out(Self.page(outcome))
    }
    if outcome.violation != nil { throw CommandRun.broken }
  }

  private static func page(_ outcome: LiveOutcome) -> String {
    let account = outcome.account
    let completed = account.durations.count
    let failed = account.failures.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let all = completed + account.failures.values.reduce(0, +)
    let durations = [("p50", 50), ("p99", 99), ("longest", 100)].map { name, share in
      "\(name) \(account.duration(ofHundred: share).map(milliseconds) ?? "-")"
    }
    var rows = [
      "seed \(outcome.seed): \(outcome.devices) devices, \(outcome.seconds) seconds",
      Page.row("visit", "\(outcome.visit.text), \"\(outcome.title)\""),
      Page.row("operations", "\(outcome.written) written, \(account.received) received"),
      Page.row(
        "edits",
        "\(account.idleEdits) found nothing to do, \(account.refusedEdits) refused"
      ),
      Page.row("syncs", "\(completed) of \(all) came to their end"),
      Page.row("failures", failed.isEmpty ? "none" : failed.joined(separator: ", ")),
      Page.row("time of a sync", durations.joined(separator: ", ")),
      Page.row(
        "traffic",
        """
        \(account.roundTrips) round trips, \(account.bytesSent) bytes up, \
        \(account.bytesReceived) bytes down
        """
      ),
      Page.row("quiet", "after \(outcome.rounds) rounds"),
    ]
    if account.undone > 0 { rows.append(Page.row("not reached", "\(account.undone) steps")) }
    let checked = LiveChecks.promises.map(\.rawValue).joined(separator: ", ")
    if let violation = outcome.violation {
      rows.append("BROKEN \(violation.promise.rawValue): \(violation.message)")
      if let kept = outcome.kept { rows.append("the devices' stores are kept in \(kept)") }
    } else {
      let place = outcome.isServerChecked ? "on every device and the server" : "on every device"
      rows.append(Page.row("promises", "all kept \(place): \(checked)"))
    }
    return rows.joined(separator: "\n")
  }

  private static func milliseconds(_ microseconds: Int64) -> String {
    "\(microseconds / 1_000).\(microseconds / 100 % 10) ms"
  }

  private static func value(_ outcome: LiveOutcome) -> Value {
    let account = outcome.account
    let failures = account.failures.sorted { $0.key < $1.key }
      .map { (key: $0.key, value: int($0.value)) }
    let durations = [("longest", 100), ("p50", 50), ("p99", 99)].compactMap { name, share in
      account.duration(ofHundred: share).map { (key: name, value: Value.int($0)) }
    }
    var members: [(key: String, value: Value)] = [
      ("bytesReceived", int(account.bytesReceived)), ("bytesSent", int(account.bytesSent)),
      ("completedSyncs", int(account.durations.count)), ("devices", int(outcome.devices)),
      ("failures", .members(failures)), ("idleEdits", int(account.idleEdits)),
      ("promises", .list(LiveChecks.promises.map { .string($0.rawValue) })),
      ("received", int(account.received)), ("refusedEdits", int(account.refusedEdits)),
      ("roundTrips", int(account.roundTrips)), ("rounds", int(outcome.rounds)),
      ("seconds", int(outcome.seconds)), ("seed", .string(String(outcome.seed))),
      ("serverChecked", .bool(outcome.isServerChecked)),
      ("syncMicroseconds", .members(durations)), ("undone", int(account.undone)),
      ("visit", .string(outcome.visit.text)), ("written", int(outcome.written)),
    ]
    if let violation = outcome.violation {
      var broken: [(key: String, value: Value)] = [
        ("message", .string(violation.message)), ("promise", .string(violation.promise.rawValue)),
      ]
      if let kept = outcome.kept { broken.append(("stores", .string(kept))) }
      members.append(("violation", .members(broken)))
    }
    return .members(members)
  }

  private static func int(_ number: Int) -> Value { .int(Int64(number)) }
}
