import Convergence
import Foundation
import Simulation

/// What a tester reads of runs: a page for one, a line of progress and a sum for many.
///
/// What depends on the machine (how long it took) goes to standard error, so that standard output is
/// the same each time.
final class RunOutput {
  private let isJSON: Bool
  private let total: UInt64
  private let replay: String
  private let started = ContinuousClock.now
  private var runs: UInt64 = 0
  private var written = 0
  private var delivered = 0
  private var struck: [Fault: Int] = [:]

  /// How many runs broke a promise.
  private(set) var broken: UInt64 = 0

  init(isJSON: Bool, total: UInt64, replay: String) {
    self.isJSON = isJSON
    self.total = total
    self.replay = replay
  }

  /// Reports one run.
  ///
  /// - Parameters:
  ///   - plan: What was run.
  ///   - outcome: What became of it.
  ///   - duration: How long it took.
  ///   - isWhole: Whether it came to its end, with the healed phase and the checks.
  ///   - smallest: Shrinks a plan that broke a promise, if anybody wants that.
  func report(
    _ plan: Plan,
    _ outcome: Simulator.Outcome,
    duration: Duration,
    isWhole: Bool,
    smallest: (Violation) -> Plan?
  ) {
    runs += 1
    let summary = outcome.summary
    written += summary.written
    delivered += summary.delivered
    for (fault, count) in summary.listedFaults { struck[fault, default: 0] += count }
    if outcome.violation != nil { broken += 1 }
    if isJSON {
      let shrunk = outcome.violation.flatMap(smallest)
      return Terminal.json(RunJSON(plan, outcome, again: command(plan), smallest: shrunk).value)
    }
    if total == 1 {
      Terminal.out(page(plan, summary, isWhole: isWhole && outcome.violation == nil))
      Terminal.say("took \(Self.text(Self.seconds(duration))) s")
    } else if runs.isMultiple(of: 100) {
      Terminal.say("\(runs) of \(total) seeds, \(broken) broken")
    }
    guard let violation = outcome.violation else { return }
    Terminal.out("BROKEN \(violation)")
    Terminal.out(again(plan))
    guard let smallest = smallest(violation) else { return }
    Terminal.out(
      "shrunk from \(plan.steps.count) to \(smallest.steps.count) steps; to keep it as a test:"
    )
    Terminal.out(smallest.source)
  }

  /// Says what all runs were together.
  func finish() {
    let seconds = Self.seconds(ContinuousClock.now - started)
    guard total > 1 else { return }
    // An operation is simulated wherever a machine takes it in: where it is written, at the server,
    // and on every other device.
    let rate = Int(Double(written + delivered) / seconds * 60)
    let own = Int(Double(written) / seconds * 60)
    Terminal.say(
      "took \(Self.text(seconds)) s: \(rate) operations taken in a minute, \(own) of them written"
    )
    guard !isJSON else { return }
    let faults = Fault.allCases.compactMap { fault in
      struck[fault].map { "\(fault.rawValue) \($0)" }
    }
    if runs < total { Terminal.out("stopped after \(runs) of \(total) seeds") }
    Terminal.out("\(runs) seeds, \(broken) broken")
    Terminal.out(Page.row("operations", "\(written) written, \(delivered) sent or received"))
    Terminal.out(Page.row("faults that struck", Self.list(faults)))
  }

  /// The line that plays a run again.
  func again(_ plan: Plan) -> String { "again with: \(command(plan))" }

  private func command(_ plan: Plan) -> String { "simulate --seed \(plan.seed)\(replay)" }

  private func page(_ plan: Plan, _ summary: Summary, isWhole: Bool) -> String {
    let size = plan.size
    let weights = plan.weights.listed.map { "\($0.fault.rawValue) \($0.perThousand)" }
    let faults = summary.listedFaults.map { "\($0.fault.rawValue) \($0.count)" }
    func count(_ number: Int, _ noun: String) -> String {
      "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
    var rows = [
      """
      seed \(plan.seed): \(count(size.servers, "server")), \(count(size.visits, "visit")), \
      \(count(size.devices, "device")), \(count(size.hours, "hour")), disk \(size.disk.rawValue)
      """,
      Page.row("chances in a thousand", Self.list(weights)),
      Page.row("faults that struck", Self.list(faults)),
      Page.row("operations", "\(summary.written) written, \(summary.delivered) sent or received"),
      Page.row(
        "edits",
        "\(summary.idleEdits) found nothing to do, \(summary.refusedEdits) refused"
      ),
      Page.row(
        "syncs",
        """
        \(summary.completedSyncs) of \(summary.syncs) came to their end, \
        \(summary.requests) requests, \(summary.bytes) bytes
        """
      ),
    ]
    if isWhole {
      rows += [
        Page.row(
          "healed",
          "in \(count(summary.healingRounds, "round")), at \(Moment(summary.end))"
        ),
        Page.row("open standards", "\(summary.open)"),
        Page.row("without effect", "\(summary.withoutEffect) operations"),
        Page.row("promises", "all kept"),
      ]
    } else {
      rows.append(Page.row("stopped", "at \(Moment(summary.end))"))
    }
    rows.append(Page.row("fingerprint", String(summary.fingerprint, radix: 16)))
    return rows.joined(separator: "\n")
  }

  private static func list(_ words: [String]) -> String {
    words.isEmpty ? "none" : words.joined(separator: ", ")
  }

  private static func seconds(_ duration: Duration) -> Double {
    max(duration / .seconds(1), 0.001)
  }

  private static func text(_ seconds: Double) -> String {
    String(format: "%.2f", locale: Locale(identifier: "en_GB"), seconds)
  }
}
