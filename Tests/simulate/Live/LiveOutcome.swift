import Convergence
import Simulation

/// What became of a run against a running server.
struct LiveOutcome {
  let seed: UInt64
  let devices: Int
  let seconds: Int
  let visit: VisitID
  let title: String

  /// What all devices did, the last syncs included.
  let account: LiveAccount

  /// Operations written.
  let written: Int

  /// Rounds of syncs until nothing was left to say.
  let rounds: Int

  /// Whether the server's own store was checked, too.
  let isServerChecked: Bool

  /// The first promise that was broken.
  let violation: Violation?

  /// Where the devices' stores were left to look at, if a promise was broken.
  let kept: String?
}
