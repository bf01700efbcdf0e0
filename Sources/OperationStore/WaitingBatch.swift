public import Convergence
public import SyncProtocol

/// A batch that came by file and is kept until what it builds on comes (section 8.4).
public struct WaitingBatch: Hashable, Sendable {
  /// What a batch waits for.
  public struct Need: Hashable, Comparable, Sendable {
    /// Whose batch is missing.
    public let replica: ReplicaID

    /// The number of the missing batch, where the one behind it tells.
    public let number: Int64?

    /// The counter of its last operation.
    public let lastCounter: Int64

    /// The first sixteen bytes of its hash.
    public let hashPrefix: Bits128

    /// The name of the missing batch, as deps name it.
    public var end: Dependency {
      Dependency(replica: replica, lastCounter: lastCounter, hashPrefix: hashPrefix)
    }

    /// Orders by replica, counter, hash.
    public static func < (left: Need, right: Need) -> Bool {
      (left.replica, left.lastCounter, left.hashPrefix)
        < (right.replica, right.lastCounter, right.hashPrefix)
    }
  }

  /// The visit, which may not be on this device yet.
  public let visit: VisitID

  /// Whose batch it is.
  public let replica: ReplicaID

  /// Its number in its stream.
  public let number: Int64

  /// The hash that names it.
  public let hash: Hash256

  /// The bytes and the signature.
  public let sealed: SealedBatch

  /// What is neither held nor waiting itself, sorted.
  public let needs: [Need]
}

extension Batch {
  /// The batches that it builds on, those of its own chain first.
  var needs: [WaitingBatch.Need] {
    var needs: [WaitingBatch.Need] = []
    if let previous {
      needs.append(
        WaitingBatch.Need(
          replica: replica,
          number: number - 1,
          lastCounter: firstCounter - 1,
          hashPrefix: previous.prefix
        )
      )
    }
    needs += deps.map {
      WaitingBatch.Need(
        replica: $0.replica,
        number: nil,
        lastCounter: $0.lastCounter,
        hashPrefix: $0.hashPrefix
      )
    }
    return needs
  }
}
