import Convergence
public import SyncProtocol

/// One batch of a visit's log as the store keeps it.
public struct LogEntry: Hashable, Sendable {
  /// Its place in this store's log, from 1.
  public let position: Int64

  /// The clock of this store's owner when it came, in milliseconds since 1970.
  public let received: Int64

  /// The bytes, what they say, the hash and the author.
  public let batch: VerifiedBatch

  /// Describes a place in a log.
  public init(position: Int64, received: Int64, batch: VerifiedBatch) {
    self.position = position
    self.received = received
    self.batch = batch
  }
}
