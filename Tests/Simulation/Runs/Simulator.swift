package import AssessmentModel
import TestSupport

/// Runs plans: builds the world, lets the day happen, heals it, and checks every promise.
package struct Simulator: Sendable {
  /// The framework that visits are judged by.
  package let framework: Framework

  /// Where stores on real files go.
  package let folder: String?

  /// A simulator.
  package init(framework: Framework, folder: String? = nil) {
    self.framework = framework
    self.folder = folder
  }

  /// How often a watcher looks, in milliseconds.
  private static let glance: Int64 = 600_000

  /// What became of a run.
  package struct Outcome: Sendable {
    /// What happened, as far as it came.
    package let summary: Summary

    /// The promise that was broken, if one was.
    package let violation: Violation?
  }

  /// Runs a plan.
  ///
  /// - Parameters:
  ///   - plan: What decides the run.
  ///   - end: When to stop in virtual time and look; `nil` for a whole run with its healed phase.
  ///   - log: Takes the lines of a trace.
  ///   - watch: Looks at the world every ten minutes of virtual time.
  /// - Returns: The same for the same plan.
  /// - Throws: ``BrokenWorld`` where the simulator itself is at fault.
  package func run(
    _ plan: Plan,
    until end: Int64? = nil,
    log: ((String) -> Void)? = nil,
    watch: ((World) -> Void)? = nil
  ) throws -> Outcome {
    let world = try World(plan, framework: framework, folder: folder, log: log)
    do {
      if let watch {
        let last = min(end ?? .max, Int64(plan.size.hours) * 3_600_000)
        for time in stride(from: Int64(0), through: last, by: Int64.Stride(Self.glance)) {
          try world.run(until: time)
          watch(world)
        }
      }
      if let end {
        try world.run(until: end)
      } else {
        try world.run()
        try world.heal()
        watch?(world)
        try world.checkEverything()
      }
      return Outcome(summary: world.summary, violation: nil)
    } catch let violation as Violation {
      return Outcome(summary: world.summary, violation: violation)
    } catch let error as BrokenWorld {
      throw error
    } catch {
      let violation = Violation(.conduct, at: world.now, "an error that nobody expects: \(error)")
      return Outcome(summary: world.summary, violation: violation)
    }
  }

  /// The smallest part of a failing plan that still breaks the same promise.
  ///
  /// - Complexity: O(steps²) runs at worst; a few hundred as a rule.
  package func shrink(_ plan: Plan, breaking promise: Violation.Promise) -> Plan {
    let steps = shrunk(plan.steps) { steps in
      var candidate = plan
      candidate.steps = steps
      return (try? run(candidate))?.violation?.promise == promise
    }
    var smallest = plan
    smallest.steps = steps
    return smallest
  }
}
