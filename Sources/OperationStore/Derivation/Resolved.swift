import Convergence
import SyncProtocol

/// An operation with its place, before its name and effect are settled.
///
/// Every reference in it is to a place in the log: two branches that carry the same operation are
/// two of these.
struct Resolved {
  let operation: Operation

  /// What an increment, correction or insertion is about.
  let target: Assignment?

  let batch: Hash256
  let index: Int
  let height: Int64
  let position: Int64?

  /// The name it had in an earlier replica of the same person.
  let name: Dot?

  /// The operation as it stands in its batch; `nil` where it does not read or is not sealed.
  let content: Content?

  /// An operation as it stands in its batch, and how its references are read.
  struct Content {
    let value: Value
    let references: References
  }
}
