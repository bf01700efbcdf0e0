public import Convergence
public import SyncProtocol

/// A batch that somebody built on and that the server does not hold.
public struct AbsentBatch: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// The batch, as deps name it.
  public let end: Dependency

  /// Its number in its stream; `nil` where only deps named it.
  public let number: Int64?

  /// The clock of the server when it was first asked for, in milliseconds since 1970; `nil` where
  /// only a declared gap says that it is lost.
  public let asked: Int64?

  /// The last batch of the stream before it that the server holds, or that was declared lost; `nil`
  /// if there is none.
  public let before: Dependency?

  /// Whether it was declared lost, so that nobody waits for it.
  public let isDeclared: Bool

  /// The batch as an object.
  public var value: Value {
    var members: [Value.Map.Member] = [
      .init(key: "declared", value: .bool(isDeclared)),
      .init(key: "from", value: .int((before?.lastCounter ?? 0) + 1)),
      .init(key: "hash", value: .string(end.hashText)),
      .init(key: "replica", value: .string(end.replica.text)),
      .init(key: "through", value: .int(end.lastCounter)),
      .init(key: "visit", value: .string(visit.text)),
    ]
    if let number { members.append(.init(key: "number", value: .int(number))) }
    if let asked { members.append(.init(key: "asked", value: .int(asked))) }
    return Value.Map(members).map { .map($0) } ?? .list([])
  }
}

extension Dependency {
  /// The beginning of the hash in Text64, 22 characters.
  public var hashText: String { Text64.encode(hashPrefix.bytes) }
}
