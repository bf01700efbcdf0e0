public import Convergence
public import SyncProtocol

/// One visit as the operator of a server sees it.
public struct VisitOverview: Hashable, Sendable {
  /// Somebody who is or was on the visit.
  public struct Member: Hashable, Sendable {
    /// Who.
    public let person: PersonID

    /// The name that others see.
    public let name: String

    /// The word of the role; `none` after removal.
    public let role: String
  }

  /// The visit.
  public let visit: VisitID

  /// Its title.
  public let title: String

  /// The framework that it pins: {id, edition, hash}.
  public let framework: Value

  /// Who is or was on it, by identifier.
  public let members: [Member]

  /// The end of the log.
  public let digest: LogDigest

  /// The visit as an object.
  public var value: Value {
    .object([
      "digest": .string(digest.hash.text),
      "framework": framework,
      "members": .list(
        members.map {
          .object([
            "name": .string($0.name), "person": .string($0.person.text), "role": .string($0.role),
          ])
        }
      ),
      "position": .int(digest.position),
      "title": .string(title),
      "visit": .string(visit.text),
    ])
  }
}
