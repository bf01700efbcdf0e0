import Convergence
import Simulation

/// One run as a program reads it.
struct RunJSON {
  let value: Value

  /// Describes a run.
  ///
  /// - Parameters:
  ///   - plan: What was run.
  ///   - outcome: What became of it.
  ///   - again: The command that plays it again.
  ///   - smallest: The smallest part that breaks the same promise.
  init(_ plan: Plan, _ outcome: Simulator.Outcome, again: String, smallest: Plan?) {
    let summary = outcome.summary
    let faults = summary.listedFaults.map { (key: $0.fault.rawValue, value: Self.int($0.count)) }
    let weights = plan.weights.listed.map {
      (key: $0.fault.rawValue, value: Self.int($0.perThousand))
    }
    var members: [(key: String, value: Value)] = [
      ("bytes", Self.int(summary.bytes)),
      ("completedSyncs", Self.int(summary.completedSyncs)),
      ("delivered", Self.int(summary.delivered)),
      ("devices", Self.int(plan.size.devices)),
      ("disk", .string(plan.size.disk.rawValue)),
      ("end", .int(summary.end)),
      ("faults", .members(faults)),
      ("fingerprint", .string(String(summary.fingerprint, radix: 16))),
      ("healingRounds", Self.int(summary.healingRounds)),
      ("hours", Self.int(plan.size.hours)),
      ("idleEdits", Self.int(summary.idleEdits)),
      ("open", Self.int(summary.open)),
      ("refusedEdits", Self.int(summary.refusedEdits)),
      ("requests", Self.int(summary.requests)),
      ("seed", .string(String(plan.seed))),
      ("servers", Self.int(plan.size.servers)),
      ("syncs", Self.int(summary.syncs)),
      ("visits", Self.int(plan.size.visits)),
      ("weights", .members(weights)),
      ("withoutEffect", Self.int(summary.withoutEffect)),
      ("written", Self.int(summary.written)),
    ]
    if let violation = outcome.violation {
      var broken: [(key: String, value: Value)] = [
        ("again", .string(again)),
        ("message", .string(violation.message)),
        ("promise", .string(violation.promise.rawValue)),
        ("time", .int(violation.time)),
      ]
      if let smallest { broken.append(("smallest", .string(smallest.source))) }
      members.append(("violation", .members(broken)))
    }
    value = .members(members)
  }

  private static func int(_ number: Int) -> Value { .int(Int64(number)) }
}
