import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// What `doctor` finds out about a device.
struct HealthCheck {
  /// One thing that was looked at.
  struct Finding {
    let name: String
    let isWell: Bool
    let words: String
  }

  /// One visit of the device.
  struct VisitFinding {
    let id: VisitID
    let title: String
    let openOperations: Int64
    let unsentBatches: Int64
    let unsentOperations: Int64
    let rescued: Int64
    let batches: Int
    let chainProblems: [String]
    let notices: [String]
    let intake: IntakePage
  }

  private let findings: [Finding]
  private let visits: [VisitFinding]
  private let enrolment: Enrolment?
  private let lastSync: Int64?
  private let server: Value?
  private let condition: DeviceCondition
  private let retired: [Retirement.Record]
  private let outstanding: Outstanding

  /// Looks at a device.
  init(_ device: Device) throws {
    let store = device.store
    enrolment = try Enrolment(store)
    lastSync = try store.document("device", "synced")?.int
    server = try store.document("device", "server")
    condition = try device.condition()
    retired = try Retirement.records(in: store)
    outstanding = try Outstanding(store)
    var findings = [try Self.storeFinding(store)]
    if let enrolment {
      let name = "\(enrolment.deviceName) of \(enrolment.name), with \(enrolment.serverName)"
      findings.append(Finding(name: "enrolment", isWell: true, words: name))
      let obstacle = try device.obstacle(enrolment)
      findings.append(
        Finding(
          name: "key",
          isWell: obstacle == nil,
          words: obstacle?.message ?? "present, and the one this store was written with"
        )
      )
    } else {
      let words = "This device is not enrolled: fieldbook enrol URL CODE."
      findings.append(Finding(name: "enrolment", isWell: false, words: words))
    }
    let visits = try store.visits().map { try Self.visitFinding($0, store) }
    let broken = visits.flatMap(\.chainProblems)
    findings.append(
      Finding(
        name: "log",
        isWell: broken.isEmpty,
        words: broken.isEmpty
          ? "every batch has the hash, the signature and the place it claims; the state follows"
          : broken.joined(separator: " ")
      )
    )
    if let finding = Self.identityFinding(condition, retired) { findings.append(finding) }
    if let finding = Self.serverFinding(server) { findings.append(finding) }
    if let seen = try store.document("device", "went-back")?.int {
      let words = """
        went back in time on \(Words.time(seen)): it no longer held what it had shown or signed. \
        What it lacked was sent again; tell whoever runs it
        """
      findings.append(Finding(name: "history", isWell: true, words: words))
    }
    self.findings = findings
    self.visits = visits
  }

  /// Whether nothing is wrong.
  var isWell: Bool { findings.allSatisfy(\.isWell) && visits.allSatisfy { $0.rescued == 0 } }

  private var unsent: Int64 { visits.reduce(0) { $0 + $1.unsentOperations } }

  private static func storeFinding(_ store: OperationStore) throws -> Finding {
    let problems = try store.integrityProblems()
    let synchronous = try store.synchronousSetting()
    let isWell = problems.isEmpty && synchronous == 2
    let words =
      problems.isEmpty
      ? "structure sound; every write waits for the disk"
      : "damaged: \(problems.joined(separator: "; ")). Copy the folder away before anything else."
    return Finding(name: "store", isWell: isWell, words: words)
  }

  private static func serverFinding(_ server: Value?) -> Finding? {
    guard let server, let state = server["state"]?.string else { return nil }
    let difference = server["clock"]?.int ?? 0
    let clock =
      difference.magnitude <= 300_000
      ? "clocks agree within five minutes"
      : "this clock is \(Words.duration(difference)) \(difference < 0 ? "ahead" : "behind")"
    let words =
      switch HelloAnswer.State(rawValue: state) {
      case .ok, .rewound: "knows this device; \(clock)"
      case .forked, .cloned: "saw two devices under this name"
      case .revoked: "revoked this device; your work is kept here"
      case .upgrade: "no longer speaks this version; update Fieldbook"
      case nil: "is in a state that this version does not know: \(state)"
      }
    return Finding(name: "server", isWell: ["ok", "rewound"].contains(state), words: words)
  }

  /// What became of the names that this device had.
  private static func identityFinding(
    _ condition: DeviceCondition,
    _ retired: [Retirement.Record]
  ) -> Finding? {
    if let reason = condition.retireReason {
      let words = "\(Words.retirement(reason)) It does so at the next fieldbook sync."
      return Finding(name: "identity", isWell: false, words: words)
    }
    guard !retired.isEmpty else { return nil }
    let words = retired.map { record in
      let moved = "\(Words.count(record.moved, "change")) that waited moved to the new name"
      return "\(Words.time(record.time)): \(Words.retirement(record.reason)) (\(moved).)"
    }
    return Finding(name: "identity", isWell: true, words: words.joined(separator: " "))
  }

  private static func visitFinding(
    _ id: VisitID,
    _ store: OperationStore
  ) throws -> VisitFinding {
    let counts = try store.unsentCounts(of: id)
    let view = VisitView(cells: try store.cells(of: id), framework: nil) { _, _ in false }
    let notices = try notices(of: id, view, store)
    let verdict = try ChainCheck(store).verdict(id)
    return VisitFinding(
      id: id,
      title: view.title.contents.joined(separator: " / "),
      openOperations: counts.openOperations,
      unsentBatches: counts.batches,
      unsentOperations: counts.operations,
      rescued: try store.rescuedCount(of: id),
      batches: Int(clamping: verdict.batches),
      chainProblems: verdict.problems.map { "In visit \(id), \($0)." },
      notices: notices + verdict.missing.map { "Known to exist and not here: \($0)." },
      intake: try IntakePage(id, view: view, store: store)
    )
  }

  private static func notices(
    of id: VisitID,
    _ view: VisitView,
    _ store: OperationStore
  ) throws -> [String] {
    guard try !store.notices(of: id).isEmpty else { return [] }
    return try store.history(of: id).entries.compactMap { entry in
      guard let effect = entry.effect, effect != .effective else { return nil }
      return
        "A change by \(view.name(of: entry.operation.person)) of "
        + "\(Words.time(entry.operation.clock)) is \(Words.effect(effect))."
    }
  }
}

extension HealthCheck {
  /// What was found, for people.
  var text: String {
    var table = Table()
    for finding in findings {
      table.add(finding.isWell ? "ok" : "WRONG", finding.name, finding.words)
    }
    var lines = [table.text, "", sending]
    for visit in visits {
      let title = visit.title.isEmpty ? "not fetched yet" : visit.title
      lines.append(
        Wrap.indented(
          "\(title): \(Words.count(visit.unsentOperations, "change")) to send, "
            + "\(visit.batches) batches held",
          by: 4,
          first: "  "
        )
      )
      if visit.rescued > 0 {
        lines.append(
          Wrap.indented("\(visit.rescued) batches were refused by the server and kept here.", by: 4)
        )
      }
      lines += visit.notices.map { Wrap.indented($0, by: 4) }
      lines.append(visit.intake.text)
    }
    return lines.joined(separator: "\n")
  }

  private var sending: String {
    guard unsent == 0 else {
      return "\(Words.count(unsent, "change")) to send. Nothing is lost; run: fieldbook sync."
    }
    // What was refused or waits for other work, no sync sends.
    if let words = outstanding.words("to send") { return "\(words). Nothing is lost." }
    guard let lastSync else { return "Never synced; nothing to send." }
    return "All sent. Last sync \(Words.time(lastSync))."
  }

  /// What was found, for programs.
  var value: Value {
    .members(
      ("checks", .list(findings.map(Self.json))),
      ("condition", .string(Words.name(condition))),
      ("clockDifferenceMilliseconds", server?["clock"].flatMap(\.int).map(Value.int)),
      ("device", (enrolment?.deviceName).map(Value.string)),
      ("isWell", .bool(isWell)),
      ("lastSync", lastSync.map(Value.int)),
      ("person", (enrolment?.person.text).map(Value.string)),
      ("retired", .list(retired.map(Self.json))),
      ("replica", (enrolment?.replica.text).map(Value.string)),
      ("server", (enrolment?.server).map(Value.string)),
      ("serverState", server?["state"]),
      ("unsent", .int(unsent)),
      ("visits", .list(visits.map(Self.json)))
    )
  }

  private static func json(_ record: Retirement.Record) -> Value {
    .object([
      "at": .int(record.time), "moved": .int(record.moved),
      "reason": .string(record.reason.rawValue), "replica": .string(record.replica.text),
      "successor": .string(record.successor.text),
    ])
  }

  private static func json(_ finding: Finding) -> Value {
    .object([
      "isWell": .bool(finding.isWell), "name": .string(finding.name),
      "words": .string(finding.words),
    ])
  }

  private static func json(_ visit: VisitFinding) -> Value {
    .object([
      "batches": .int(Int64(visit.batches)), "id": .string(visit.id.text),
      "intake": visit.intake.value,
      "notices": .list(visit.notices.map(Value.string)),
      "openOperations": .int(visit.openOperations), "rescued": .int(visit.rescued),
      "title": .string(visit.title), "unsentBatches": .int(visit.unsentBatches),
      "unsentOperations": .int(visit.unsentOperations),
    ])
  }
}
