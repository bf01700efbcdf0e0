import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// What a person is told after a sync.
struct SyncAccount {
  let report: SyncReport
  let retirements: [Retirement]
  let device: Device

  /// Prepares the account of a sync.
  init(
    _ report: SyncReport,
    retirements: [Retirement] = [],
    device: Device
  ) {
    self.report = report
    self.retirements = retirements
    self.device = device
  }

  /// Prints it.
  func print(asJSON: Bool) throws {
    if asJSON {
      Terminal.outRaw(JSONText.line(try value))
    } else {
      Terminal.out(try line)
    }
    for remark in report.remarks {
      if let words = words(remark) { Terminal.say(words) }
    }
    if report.state != .revoked {
      for visit in report.removedFrom { Terminal.say(try words(removedFrom: visit)) }
    }
    if let words = words(report.state) { Terminal.say(words) }
    for visit in report.refusedFrom { Terminal.say(words(refusedFrom: visit)) }
    if report.wentBack {
      Terminal.say(
        """
        The server no longer held what it had shown or signed before: it was put back or changed. \
        What it lacked was sent again, others' work included, and nothing was changed on this device.
        """
      )
    } else if report.hasNewHistory {
      Terminal.say(
        """
        The server was restored from a backup: what it lacked was sent again, others' work \
        included, and nothing was changed on this device.
        """
      )
    }
    try warnOfClock()
  }

  private var line: String {
    get throws {
      let state = try Outstanding(device.store).words("still to be sent") ?? "All synced"
      return """
        \(state). Sent \(Words.count(Int64(report.operationsSent), "change")), received \
        \(report.operationsReceived), in \(Words.count(Int64(report.roundTrips), "round trip")).
        """
    }
  }

  private var value: Value {
    get throws {
      let outstanding = try Outstanding(device.store)
      return .object([
        "batchesReceived": .int(Int64(report.batchesReceived)),
        "batchesSent": .int(Int64(report.batchesSent)),
        "bytesReceived": .int(Int64(report.bytesReceived)),
        "bytesSent": .int(Int64(report.bytesSent)),
        "operationsReceived": .int(Int64(report.operationsReceived)),
        "operationsSent": .int(Int64(report.operationsSent)),
        "remarks": .list(
          report.remarks.map { remark in
            .object([
              "batch": .int(remark.number), "outcome": .string(remark.outcome.code),
              "replica": .string(remark.replica.text), "visit": .string(remark.visit.text),
            ])
          }
        ),
        "rescued": .int(outstanding.rescued),
        "refusedFrom": .list(report.refusedFrom.map { .string($0.text) }),
        "removedFrom": .list(report.removedFrom.map { .string($0.text) }),
        "retired": .list(
          retirements.map { retirement in
            .object([
              "moved": .int(Int64(retirement.moved)), "reason": .string(retirement.reason.rawValue),
              "replica": .string(retirement.former.text),
              "successor": .string(retirement.enrolment.replica.text),
            ])
          }
        ),
        "roundTrips": .int(Int64(report.roundTrips)),
        "newHistory": .bool(report.hasNewHistory),
        "state": .string(report.state.rawValue),
        "unsent": .int(outstanding.unsent),
        "waiting": .int(outstanding.waiting),
        "wentBack": .bool(report.wentBack),
      ])
    }
  }

  private func words(_ remark: SyncReport.Remark) -> String? {
    let what = "Batch \(remark.number) of replica \(remark.replica.text.prefix(8))"
    switch remark.outcome {
    case .held:
      return """
        \(what) is kept by the server without effect until a person releases it: its author is not \
        on the visit, or no longer. Ask the organiser.
        """
    case .late:
      return "\(what) came after sign-off: it is kept and listed as late."
    case .fork:
      // Of this device's own, the words on its new name say more.
      if retirements.contains(where: { $0.former == remark.replica }) { return nil }
      return "\(what) has a number that another batch of that device has too. Both are kept."
    case .bad(let why):
      return """
        \(what) was not taken by the server (\(why.rawValue)). Its bytes are kept on this device; \
        run fieldbook doctor and tell whoever runs the server.
        """
    case .notOnVisit:
      return """
        \(what) was not taken: the server holds no visit \(remark.visit) that you are on. It stays \
        on this device, unsent. Ask the organiser.
        """
    case .ok, .duplicate, .gap, .missing:
      return "\(what): \(remark.outcome.code)."
    }
  }

  private func words(refusedFrom visit: VisitID) -> String {
    """
    The server knows of no visit \(visit) that you are on. What you wrote there waits on this \
    device. Ask the organiser.
    """
  }

  private func words(removedFrom visit: VisitID) throws -> String {
    // The server's list no longer names the visit; what came in while the person was on it does.
    let cells = try device.store.cells(of: visit)
    let titles = VisitView(cells: cells, framework: nil) { _, _ in false }.title.contents
    return """
      You are no longer on visit \(visit) \(titles.joined(separator: " / ")). What you wrote there \
      was sent, nothing new of it comes in, and all of it is kept here. Ask the organiser.
      """
  }

  private func words(_ state: HelloAnswer.State) -> String? {
    switch state {
    case .ok, .rewound: nil
    case .forked, .cloned: "Something copies this device again and again. Run fieldbook doctor."
    case .revoked:
      """
      This device was revoked. What you wrote on it was sent, and waits there for a person to decide; \
      nothing new comes in, and all of it is kept here. Ask the organiser.
      """
    case .upgrade:
      "The server no longer speaks this version of Fieldbook. Update it, and go on offline."
    }
  }

  /// Tells of a clock that is more than five minutes off, once for each such difference.
  private func warnOfClock() throws {
    let limit: Int64 = 300_000
    guard let difference = report.clockDifference else { return }
    let told = try device.store.document("device", "clock-told")?.int
    guard difference.magnitude > limit.magnitude else {
      if told != nil { try device.store.setDocument("device", "clock-told", nil) }
      return
    }
    let (change, hasOverflowed) = difference.subtractingReportingOverflow(told ?? 0)
    guard told == nil || hasOverflowed || change.magnitude > limit.magnitude else { return }
    try device.store.setDocument("device", "clock-told", .int(difference))
    Terminal.say(
      """
      This device's clock is \(Words.duration(difference)) \(difference < 0 ? "ahead of" : "behind") \
      the server's. Nothing depends on it, but the times that others see will be off.
      """
    )
  }
}
