public import Convergence

/// One visit as the list of a person's visits shows it (section 9.4).
public struct VisitSummary: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// Its title.
  public let title: String

  /// The person's role on it.
  public let role: String

  /// The end of the server's log.
  public let digest: LogDigest

  /// The framework it is judged against, as it pins it: {id, edition, hash}.
  public let framework: Value

  /// Describes a visit.
  public init(
    visit: VisitID,
    title: String,
    role: String,
    digest: LogDigest,
    framework: Value
  ) {
    self.visit = visit
    self.title = title
    self.role = role
    self.digest = digest
    self.framework = framework
  }

  /// One element of `visits`.
  public var value: Value {
    .object([
      "digest": .string(digest.hash.text), "framework": framework,
      "position": .int(digest.position), "role": .string(role), "title": .string(title),
      "visit": .string(visit.text),
    ])
  }

  /// Reads one element of `visits`.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "visit")
    self.init(
      visit: try members.identifier("visit"),
      title: try members.string("title", atMost: Limits.textBytes),
      role: try members.string("role", atMost: Limits.nameBytes),
      digest: LogDigest(
        position: try members.int("position", in: 0...Limits.greatestInteger),
        hash: try members.hash("digest")
      ),
      framework: try members.value("framework")
    )
  }

  /// The body of the list.
  public static func body(_ visits: [VisitSummary]) -> [UInt8] {
    Value.object(["visits": .list(visits.map(\.value))]).canonical
  }

  /// Reads the body of the list.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public static func visits(body: [UInt8]) throws(ProtocolError) -> [VisitSummary] {
    let members = try Members(StrictJSON.value(of: body), of: "visits")
    var visits: [VisitSummary] = []
    for element in try members.list("visits") {
      visits.append(try VisitSummary(element))
    }
    return visits
  }
}
