import Convergence

/// Where a batch belongs in a log: what admission decides before anything is written.
struct Placement {
  /// What its author had seen at its first operation, the own stream included.
  let past: VersionVector

  /// The causal height of its first operation.
  let height: Int64

  /// Whether another batch follows the same one.
  let isFork: Bool
}
