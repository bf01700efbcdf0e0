public import Convergence

/// What an author had seen of another replica: the last operation, and the batch that holds it.
public struct Dependency: Hashable, Comparable, Sendable {
  /// Whose stream.
  public let replica: ReplicaID

  /// The counter of the last operation seen; always the last of a batch.
  public let lastCounter: Int64

  /// The first sixteen bytes of the hash of that batch.
  public let hashPrefix: Bits128

  /// Names what was seen.
  public init(replica: ReplicaID, lastCounter: Int64, hashPrefix: Bits128) {
    self.replica = replica
    self.lastCounter = lastCounter
    self.hashPrefix = hashPrefix
  }

  /// Reads `[replica, counter, hash]`; `nil` for anything else.
  public init?(_ value: Value) {
    guard let parts = value.list, parts.count == 3,
      let replica = parts[0].string.flatMap({ ReplicaID(text: $0) }),
      let counter = parts[1].int, counter >= 1,
      let text = parts[2].string, text.utf8.count == 22,
      let bytes = Text64.decode(text), let prefix = Bits128(bytes: bytes)
    else { return nil }
    self.init(replica: replica, lastCounter: counter, hashPrefix: prefix)
  }

  /// `[replica, counter, hash]`.
  public var value: Value {
    .list([
      .string(replica.text), .int(lastCounter), .string(Text64.encode(hashPrefix.bytes)),
    ])
  }

  /// Orders by replica, counter, hash.
  public static func < (left: Dependency, right: Dependency) -> Bool {
    if left.replica != right.replica { return left.replica < right.replica }
    if left.lastCounter != right.lastCounter { return left.lastCounter < right.lastCounter }
    return left.hashPrefix < right.hashPrefix
  }
}
