public import Convergence

/// What closes the batches of one visit in an answer: how far they go.
public struct Page: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// The position of the last batch sent, and the digest there.
  public let digest: LogDigest

  /// Whether the log goes on.
  public let hasMore: Bool

  /// Describes the end of a page.
  public init(visit: VisitID, digest: LogDigest, hasMore: Bool) {
    self.visit = visit
    self.digest = digest
    self.hasMore = hasMore
  }

  /// The value of a `page` frame.
  public var value: Value {
    .object([
      "digest": .string(digest.hash.text), "more": .bool(hasMore),
      "position": .int(digest.position), "visit": .string(visit.text),
    ])
  }

  /// Reads the value of a `page` frame.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "page")
    visit = try members.identifier("visit")
    digest = LogDigest(
      position: try members.int("position", in: 0...Limits.greatestInteger),
      hash: try members.hash("digest")
    )
    hasMore = try members.bool("more")
  }
}
