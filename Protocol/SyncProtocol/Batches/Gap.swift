public import Convergence

/// Batches of one replica that nobody has any more, as the authority declares them (section 3.9).
public struct Gap: Hashable, Sendable {
  /// Whose stream.
  public let replica: ReplicaID

  /// The counter of the first lost operation.
  public let firstCounter: Int64

  /// The number of the last lost batch; `nil` where nobody knows it.
  public let number: Int64?

  /// The first sixteen bytes of the hash of the batch before the first lost one; `nil` exactly
  /// where the stream is lost from its start.
  public let previous: Bits128?

  /// The counter of the last lost operation.
  public let lastCounter: Int64

  /// The first sixteen bytes of the hash of the last lost batch.
  public let hashPrefix: Bits128

  /// Describes a gap.
  ///
  /// - Parameters:
  ///   - end: The last lost batch, as deps name it.
  ///   - number: Its number, if it is known.
  ///   - before: The last batch before what is lost; `nil` if the stream is lost from its start.
  public init(end: Dependency, number: Int64?, after before: Dependency?) {
    replica = end.replica
    firstCounter = (before?.lastCounter ?? 0) + 1
    self.number = number
    previous = before?.hashPrefix
    lastCounter = end.lastCounter
    hashPrefix = end.hashPrefix
  }

  /// Reads an entry of `gaps`; `nil` for anything that breaks the registry.
  public init?(_ value: Value, of replica: ReplicaID) {
    guard let first = value["from"]?.int, let last = value["to"]?.int, first >= 1, first <= last,
      let start = value["hash"]?.string.flatMap(Self.prefix)
    else { return nil }
    let number = value["b"]?.int
    let previous = value["prev"]?.string.flatMap(Self.prefix)
    guard (value["b"] == nil) == (number == nil), number.map({ $0 >= 1 }) ?? true,
      (value["prev"] == nil) == (previous == nil), (previous == nil) == (first == 1)
    else { return nil }
    self.replica = replica
    firstCounter = first
    self.number = number
    self.previous = previous
    lastCounter = last
    hashPrefix = start
  }

  /// The last lost batch, as deps name it.
  public var end: Dependency {
    Dependency(replica: replica, lastCounter: lastCounter, hashPrefix: hashPrefix)
  }

  /// The batch before the first lost one, as deps name it; `nil` where the stream is lost from its
  /// start.
  public var before: Dependency? {
    previous.map {
      Dependency(replica: replica, lastCounter: firstCounter - 1, hashPrefix: $0)
    }
  }

  /// An entry of `gaps`.
  public var value: Value {
    var members = [
      Value.Map.Member(key: "from", value: .int(firstCounter)),
      Value.Map.Member(key: "hash", value: .string(Text64.encode(hashPrefix.bytes))),
      Value.Map.Member(key: "to", value: .int(lastCounter)),
    ]
    if let number { members.append(Value.Map.Member(key: "b", value: .int(number))) }
    if let previous {
      let text = Text64.encode(previous.bytes)
      members.append(Value.Map.Member(key: "prev", value: .string(text)))
    }
    return Value.Map(members).map { .map($0) } ?? .list([])
  }

  private static func prefix(_ text: String) -> Bits128? {
    guard text.utf8.count == 22, let bytes = Text64.decode(text) else { return nil }
    return Bits128(bytes: bytes)
  }
}

extension Batch {
  /// The gaps that the operations declare, if the author is the authority.
  ///
  /// They count by their own members alone, whatever else stands in the operation: what is admitted
  /// must not depend on what a reference leads to.
  public var declaredGaps: [Gap] {
    guard isOfThisVersion else { return [] }
    return operations.flatMap { operation -> [Gap] in
      guard operation["f"]?.string == "gap", operation["k"]?.string == "set",
        operation["at"]?.string == "visit", let value = operation["v"],
        let replica = operation["s"]?.string.flatMap({ ReplicaID(text: $0) }),
        let because = value["because"]?.string, (1...Limits.textBytes).contains(because.utf8.count),
        let entries = value["gaps"]?.list
      else { return [] }
      let gaps = entries.compactMap { Gap($0, of: replica) }
      return gaps.count == entries.count ? gaps : []
    }
  }
}
