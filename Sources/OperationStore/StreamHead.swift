import Convergence
import SyncProtocol

/// Where a stream stands: its last batch, and what its author had seen there.
struct StreamHead: Hashable, Sendable {
  /// The number of the last batch.
  var number: Int64

  /// The counter of the last operation.
  var lastCounter: Int64

  /// The causal height of the last operation.
  var height: Int64

  /// The hash of the last batch.
  var hash: Hash256

  /// Everything the author had seen after its last operation, its own stream included.
  var seen: VersionVector
}

extension StreamHead {
  /// Where a stream stands behind lost batches, of which neither height nor hash is known.
  init(lost link: ChainLink, after previous: StreamHead?, seen: VersionVector) {
    self.init(
      number: previous?.number ?? 0,
      lastCounter: link.name.lastCounter,
      height: previous?.height ?? 0,
      hash: Hash256(prefix: link.name.hashPrefix, suffix: .zero),
      seen: seen
    )
  }
}
