package import SyncProtocol

/// Where an operation stands: a batch, and its place in it.
///
/// The one thing that a fork, a copy and a move leave unambiguous.
package struct ModelPlace: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The hash of the batch.
  package let batch: Hash256

  /// The place in the batch, from 0.
  package let index: Int

  /// Names a place.
  package init(batch: Hash256, index: Int) {
    self.batch = batch
    self.index = index
  }

  /// The hash and the place.
  package var description: String { "\(batch)[\(index)]" }

  /// Orders by hash, then place.
  package static func < (left: ModelPlace, right: ModelPlace) -> Bool {
    left.batch == right.batch ? left.index < right.index : left.batch < right.batch
  }
}
