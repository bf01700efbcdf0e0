import Convergence
import SyncProtocol

/// A batch in the chains of a visit, or what stands for lost ones.
struct ChainLink {
  /// Its author and its last counter, with the beginning of its hash.
  let name: Dependency

  /// What it follows in its stream; `nil` where it begins the stream.
  let before: Dependency?

  /// The counter of its first operation.
  let firstCounter: Int64

  /// The batch; `nil` for what stands for lost ones.
  let entry: LogEntry?

  /// What names a branch that begins with it.
  var branch: Branch { Branch(name: name.hashPrefix.high) }

  /// A batch that is held.
  init(_ entry: LogEntry) {
    let batch = entry.batch.batch
    name = Dependency(
      replica: batch.replica,
      lastCounter: batch.lastCounter,
      hashPrefix: entry.batch.hash.prefix
    )
    before = batch.before
    firstCounter = batch.firstCounter
    self.entry = entry
  }

  /// What stands for lost batches: counters without operations.
  init(lost name: Dependency, after before: Dependency?) {
    self.name = name
    self.before = before
    firstCounter = (before?.lastCounter ?? 0) + 1
    entry = nil
  }
}

extension Batch {
  /// The batch before this one, as deps name it; `nil` for the first of a stream.
  var before: Dependency? {
    previous.map {
      Dependency(replica: replica, lastCounter: firstCounter - 1, hashPrefix: $0.prefix)
    }
  }
}
