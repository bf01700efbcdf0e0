public import Convergence

/// The last batch of one stream as somebody holds it: what `reconcile` compares (section 9.10).
///
/// A batch stands for its chain: whoever holds it holds every batch before it, too.
public struct StreamEnd: Hashable, Comparable, Sendable {
  /// Whose stream, and which branch of it.
  public let stream: StreamID

  /// The number of the batch.
  public let number: Int64

  /// The counter of its last operation.
  public let lastCounter: Int64

  /// The hash that names it.
  public let hash: Hash256

  /// Names the end of a stream.
  public init(stream: StreamID, number: Int64, lastCounter: Int64, hash: Hash256) {
    self.stream = stream
    self.number = number
    self.lastCounter = lastCounter
    self.hash = hash
  }

  /// Reads `[replica, number, counter, hash]`; `nil` for anything else.
  ///
  /// The replica is written as in `who`: with `/branch` behind it, unless it is on the trunk.
  public init?(_ value: Value) {
    guard let parts = value.list, parts.count == 4, let name = parts[0].string,
      let stream = Self.stream(name),
      let number = parts[1].int, number >= 1,
      let counter = parts[2].int, counter >= number,
      let hash = parts[3].string.flatMap({ Hash256(text: $0) })
    else { return nil }
    self.init(stream: stream, number: number, lastCounter: counter, hash: hash)
  }

  /// `[replica, number, counter, hash]`.
  public var value: Value {
    .list([
      .string(stream.description), .int(number), .int(lastCounter), .string(hash.text),
    ])
  }

  private static func stream(_ text: String) -> StreamID? {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let replica = ReplicaID(text: parts[0]) else { return nil }
    guard parts.count == 2 else { return StreamID(replica: replica) }
    guard let branch = Branch(text: parts[1]) else { return nil }
    return StreamID(replica: replica, branch: branch)
  }

  /// Orders by stream, number, hash.
  public static func < (left: StreamEnd, right: StreamEnd) -> Bool {
    if left.stream != right.stream { return left.stream < right.stream }
    return left.number == right.number ? left.hash < right.hash : left.number < right.number
  }
}
