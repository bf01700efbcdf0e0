public import Convergence

/// One hash that stands for everything a log holds up to a position, in its order (section 7.2).
public struct LogDigest: Hashable, Sendable {
  /// How many batches it covers.
  public private(set) var position: Int64

  /// The hash.
  public private(set) var hash: Hash256

  /// The digest of an empty log.
  public init(emptyLogOf visit: VisitID) {
    position = 0
    hash = Hash256(.log, visit.bits.bytes)
  }

  /// A digest as a store or a cursor kept it.
  public init(position: Int64, hash: Hash256) {
    self.position = position
    self.hash = hash
  }

  /// Takes in the batch at the next position.
  public mutating func append(_ batch: Hash256) {
    hash = Hash256(.digest, hash.bytes, batch.bytes)
    position += 1
  }
}
