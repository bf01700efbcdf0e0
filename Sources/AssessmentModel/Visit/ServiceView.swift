/// The service that is assessed.
public struct ServiceView: Hashable, Sendable {
  /// Its name.
  public let name: Versions<String>

  /// The body that runs it.
  public let provider: Versions<String>

  /// The nation, which selects notes.
  public let nation: Versions<Nation>

  /// Where it works, by item.
  public let locations: [LocationView]
}
