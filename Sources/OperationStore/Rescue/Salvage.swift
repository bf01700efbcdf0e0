public import Convergence
public import SyncProtocol

/// What could be saved from a store, and what could not.
public struct Salvage: Hashable, Sendable {
  /// A batch that was saved.
  public struct Batch: Hashable, Sendable {
    /// The visit.
    public let visit: VisitID

    /// Its place in the log; `nil` where it waited for others.
    public let position: Int64?

    /// The clock of the store's owner when it came, in milliseconds since 1970.
    public let received: Int64

    /// Whose batch it is.
    public let replica: ReplicaID

    /// The bytes and the signature.
    public let sealed: SealedBatch
  }

  /// A batch that the server refused.
  public struct Rescued: Hashable, Sendable {
    /// The reason that was given.
    public let why: String

    /// The bytes and the signature.
    public let sealed: SealedBatch
  }

  /// Certificates that are signed by the issuer that they name, in an order that can be checked.
  public internal(set) var certificates: [SealedCertificate] = []

  /// Batches that are genuine, by visit and position.
  public internal(set) var batches: [Batch] = []

  /// Batches that a server refused.
  public internal(set) var rescued: [Rescued] = []

  /// Operations that were never sealed.
  public internal(set) var open: [BundleItem.OpenOperation] = []

  /// The visits, sorted.
  public internal(set) var visits: [VisitID] = []

  /// What could not be saved, in words; empty where everything was.
  public internal(set) var losses: [String] = []

  init() {}

  /// Makes a bundle of it (section 8.5).
  ///
  /// - Parameters:
  ///   - key: The key of the replica that wrote in the store, if it is at hand.
  ///   - now: The maker's clock, in milliseconds since 1970.
  /// - Returns: The file.
  /// - Throws: `ProtocolError` for more than a bundle takes.
  public func bundle(key: SigningKey?, now: Int64) throws(ProtocolError) -> [UInt8] {
    let parts = visits.map { visit in
      let positions = batches.filter { $0.visit == visit }.map(\.position)
      let known = positions.compactMap { $0 }
      return BundleHeader.Part(
        visit: visit,
        first: known.min() ?? 0,
        last: known.max() ?? 0,
        batches: Int64(positions.count)
      )
    }
    var writer = try BundleWriter(
      BundleHeader(maker: key?.publicKey.replicaID, clock: now, parts: parts)
    )
    for sealed in certificates { try writer.append(.certificate(sealed)) }
    for batch in batches {
      let place = batch.position.map { Frame.Place(position: $0, received: batch.received) }
      try writer.append(.batch(batch.sealed, place))
    }
    for rescued in rescued { try writer.append(.rescued(rescued.sealed, why: rescued.why)) }
    for open in open { try writer.append(.open(open)) }
    return try writer.finish(key: key)
  }
}
