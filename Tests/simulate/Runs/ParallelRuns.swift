import Simulation

/// Runs seeds side by side and hands them on in their order, so that what is printed is the same
/// however many run at once.
struct ParallelRuns {
  /// One run and what became of it.
  struct Finished: Sendable {
    let plan: Plan
    let outcome: Simulator.Outcome
    let duration: Duration
  }

  /// How many run at once, at least 1.
  let jobs: Int

  /// Runs a plan.
  let run: @Sendable (Plan) throws -> Simulator.Outcome

  /// Runs the plans of seeds.
  ///
  /// - Parameters:
  ///   - seeds: The seeds, ascending.
  ///   - plan: What a seed means.
  ///   - isStopped: Whether to begin no more.
  ///   - report: Takes each run, in the order of the seeds.
  /// - Throws: What a run or the report throws.
  func play(
    _ seeds: ClosedRange<UInt64>,
    plan: (UInt64) -> Plan,
    isStopped: () -> Bool,
    report: (Finished) throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Finished.self) { group in
      var waiting = seeds.makeIterator()
      var due = seeds.lowerBound
      var early: [UInt64: Finished] = [:]
      func begin() {
        guard !isStopped(), let seed = waiting.next() else { return }
        let (plan, run) = (plan(seed), run)
        group.addTask {
          let started = ContinuousClock.now
          let outcome = try run(plan)
          return Finished(plan: plan, outcome: outcome, duration: ContinuousClock.now - started)
        }
      }
      for _ in 0..<jobs { begin() }
      while let finished = try await group.next() {
        early[finished.plan.seed] = finished
        begin()
        while let next = early.removeValue(forKey: due) {
          try report(next)
          due &+= 1
        }
      }
    }
  }
}
