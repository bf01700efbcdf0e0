public import Convergence
import SyncProtocol

/// One device as the operator of a server sees it.
public struct DeviceOverview: Hashable, Sendable {
  /// The replica that writes on it.
  public let replica: ReplicaID

  /// Whose it is.
  public let person: PersonID

  /// That person's name.
  public let name: String

  /// The device's name.
  public let device: String

  /// The replica that certified it; `nil` where the server did.
  public let certifiedBy: ReplicaID?

  /// The issuer's clock when it was certified, in milliseconds since 1970.
  public let certified: Int64

  /// The server's clock when it last said hello, in milliseconds since 1970; `nil` if it never did.
  public let seen: Int64?

  /// Whether it was revoked.
  public let isRevoked: Bool

  /// The device as an object.
  public var value: Value {
    var members: [Value.Map.Member] = [
      .init(key: "certified", value: .int(certified)),
      .init(key: "device", value: .string(device)),
      .init(key: "name", value: .string(name)),
      .init(key: "person", value: .string(person.text)),
      .init(key: "replica", value: .string(replica.text)),
      .init(key: "revoked", value: .bool(isRevoked)),
    ]
    if let certifiedBy {
      members.append(.init(key: "certifiedBy", value: .string(certifiedBy.text)))
    }
    if let seen { members.append(.init(key: "seen", value: .int(seen))) }
    return Value.Map(members).map { .map($0) } ?? .list([])
  }
}
