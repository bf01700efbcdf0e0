import Convergence
import SyncProtocol

/// One batch with everything that follows from where it stands.
struct ModelBatch: Sendable {
  /// The hash that names it.
  let hash: Hash256

  /// What the line says.
  let content: Batch

  /// The person of its replica's certificate.
  let person: PersonID

  /// The batch before it in its stream.
  let previous: Int?

  /// The batches before it in its stream, without itself.
  let chain: ModelSet

  /// What its author had seen at its first operation (section 3.3): the past of the batch before
  /// it, that batch, and for every dep the batch it names with that batch's own chain.
  ///
  /// Nothing else: what *those* authors had seen is not in it unless the author says so.
  let past: ModelSet

  /// The side of a fork on which it stands (section 3.6).
  let branch: Branch

  /// The number of its first operation among all operations.
  let firstNode: Int
}
