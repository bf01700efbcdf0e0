import Convergence
import SyncProtocol

/// An operation with its place, before its name and effect are settled.
struct Resolved {
  let operation: Operation
  let batch: Hash256
  let index: Int
  let height: Int64
  let position: Int64?

  /// The name it had in an earlier replica of the same person.
  let name: Dot?
}
