import Convergence
import SyncProtocol

/// What a store has at hand of one visit while it works on it.
///
/// A copy of rows, and the changes to them that the next flush writes.
struct Workspace {
  /// The row under which the tables name the visit.
  let row: Int64

  /// This store's own log.
  var digest: LogDigest

  /// Whether a fork or a moved operation makes the slow way necessary.
  var isTangled: Bool

  /// The heads of the streams.
  var heads: [StreamID: StreamHead]

  /// What the server's own operations say.
  var authority: Authority

  /// What the authority's gaps leave open.
  var lost = LostBatches()

  /// Whether anybody but the authority has written.
  var hasOthers: Bool

  /// Whether batches of the visit are kept that wait for others.
  var hasWaiting = false

  /// The cells that were read or written.
  var cells: [CellKey: Cell] = [:]

  /// Whether `cells` are all that the visit has, so that one that is not there is empty.
  var holdsEveryCell = false

  /// The cells that the next flush writes.
  var changedCells: Set<CellKey> = []

  /// The streams that the next flush writes.
  var changedStreams: Set<StreamID> = []

  /// Whether the next flush writes the row of the visit.
  var isChanged = false

  /// Whether cells and effects must be made anew before anybody reads them: the authority said
  /// something that changes what others' operations do.
  ///
  /// Heads, digest and authority are right all the same.
  var isDue = false

  /// The log as it was read for the last derivation in this transaction, with what came since.
  var log: [LogEntry]?

  /// The heads in the order of their streams.
  var sortedHeads: [(stream: StreamID, head: StreamHead)] {
    heads.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Whether two batches of a replica stand under one number.
  func hasForked(_ replica: ReplicaID) -> Bool {
    isTangled && heads.keys.contains { $0.replica == replica && $0.branch != .trunk }
  }

  /// For each replica that forked a branch to name where its trunk is meant.
  ///
  /// Without one, a reference to a replica of several branches resolves to nothing (section 4.2).
  var namedBranches: [ReplicaID: Branch] {
    guard isTangled else { return [:] }
    var named: [ReplicaID: Branch] = [:]
    for stream in heads.keys where stream.branch != .trunk {
      named[stream.replica] = min(named[stream.replica] ?? stream.branch, stream.branch)
    }
    return named
  }

  /// Everything that the store holds of the visit.
  var vector: VersionVector {
    VersionVector(
      heads.map { VersionVector.Entry(stream: $0.key, lastCounter: $0.value.lastCounter) }
    )
  }
}
