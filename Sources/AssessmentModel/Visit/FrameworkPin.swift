public import Convergence

/// Which edition of which framework a visit is judged by.
public struct FrameworkPin: Hashable, Sendable {
  /// The name of the framework.
  public let id: String

  /// The name of the edition.
  public let edition: String

  /// SHA-256 of the framework's bytes as the server gives them out, in ``Convergence/Text64``.
  public let hash: String

  /// Names an edition.
  public init(id: String, edition: String, hash: String) {
    self.id = id
    self.edition = edition
    self.hash = hash
  }

  /// Reads the value of the visit's pin; `nil` if it is none.
  public init?(_ value: Value) {
    guard let id = value["id"]?.string, let edition = value["edition"]?.string,
      let hash = value["hash"]?.string
    else { return nil }
    self.init(id: id, edition: edition, hash: hash)
  }

  /// The value that is written.
  public var value: Value {
    .members(("id", .string(id)), ("edition", .string(edition)), ("hash", .string(hash)))
  }
}
