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

  /// The operation as it stands in its batch, or would; `nil` where it does not read, or has no
  /// other name than its own until it is sealed.
  let content: Content?

  /// The same place with the operation in another form.
  func with(_ operation: Operation) -> Resolved {
    Resolved(
      operation: operation,
      target: target,
      batch: batch,
      index: index,
      height: height,
      position: position,
      name: name,
      content: content
    )
  }

  /// An operation as it stands in its batch, and how its references are read.
  struct Content {
    let value: Value

    /// How its references are read; `nil` where they are written out.
    let references: References?

    /// The dot that a reference names for the operation at a counter.
    func dot(_ reference: Value, at counter: Int64) -> Dot? {
      guard let references else { return OpenOperation.dot(reference) }
      return references.dot(reference, at: counter)
    }
  }
}
