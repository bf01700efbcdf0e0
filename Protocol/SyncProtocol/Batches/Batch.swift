public import Convergence

/// What a batch line says (section 3), read but not yet checked against any log.
public struct Batch: Hashable, Sendable {
  /// The version of the batch format.
  public let version: Int64

  /// The visit it belongs to.
  public let visit: VisitID

  /// Its author.
  public let replica: ReplicaID

  /// Its number in the stream, from 1.
  public let number: Int64

  /// The counter of its first operation.
  public let firstCounter: Int64

  /// The hash of the batch before it; `nil` exactly for number 1.
  public let previous: Hash256?

  /// What changed in what its author had seen, sorted.
  public let deps: [Dependency]

  /// The replicas that its operations refer to by index.
  public let who: [StreamID]

  /// The clock label that operations give offsets to, in milliseconds since 1970.
  public let clock: Int64

  /// Its operations as they stand; empty of meaning where the version is a later one.
  public let operations: [Value]

  /// Describes a batch.
  public init(
    version: Int64 = 1,
    visit: VisitID,
    replica: ReplicaID,
    number: Int64,
    firstCounter: Int64,
    previous: Hash256?,
    deps: [Dependency],
    who: [StreamID],
    clock: Int64,
    operations: [Value]
  ) {
    self.version = version
    self.visit = visit
    self.replica = replica
    self.number = number
    self.firstCounter = firstCounter
    self.previous = previous
    self.deps = deps
    self.who = who
    self.clock = clock
    self.operations = operations
  }

  /// The counter of its last operation.
  public var lastCounter: Int64 { firstCounter + Int64(operations.count) - 1 }

  /// Whether this program reads its operations.
  public var isOfThisVersion: Bool { version == 1 }
}
