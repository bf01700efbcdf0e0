public import Convergence

/// What a server signs of a visit's log: that at this position in this history the digest is this
/// (section 7.3).
public struct Head: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// The history of the server.
  public let epoch: Epoch

  /// The position and the digest there.
  public let digest: LogDigest

  /// The authority replica that signs.
  public let replica: ReplicaID

  /// Describes a head.
  public init(visit: VisitID, epoch: Epoch, digest: LogDigest, replica: ReplicaID) {
    self.visit = visit
    self.epoch = epoch
    self.digest = digest
    self.replica = replica
  }

  /// Reads a head line.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(line: [UInt8]) throws(ProtocolError) {
    guard line.count <= Limits.smallLineBytes else {
      throw ProtocolError(.malformed, "a head is over \(Limits.smallLineBytes) bytes")
    }
    let members = try Members(StrictJSON.value(of: line), of: "head")
    _ = try members.int("v", in: 1...1)
    visit = try members.identifier("visit")
    epoch = try members.identifier("epoch")
    digest = LogDigest(
      position: try members.int("position", in: 0...Limits.greatestInteger),
      hash: try members.hash("digest")
    )
    replica = try members.identifier("replica")
  }

  /// The line, as this program writes it.
  public var line: [UInt8] {
    JSONLine.object([
      ("v", .int(1)), ("visit", .string(visit.text)), ("epoch", .string(epoch.text)),
      ("position", .int(digest.position)), ("digest", .string(digest.hash.text)),
      ("replica", .string(replica.text)),
    ])
  }
}
