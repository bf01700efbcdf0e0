public import Convergence

/// A place at which the service works.
public struct LocationView: Hashable, Sendable {
  /// The item.
  public let dot: Dot

  /// Its name.
  public let name: Versions<String>

  /// What sort of place.
  public let kind: Versions<LocationKind>

  /// Why it was taken off the list, if it was; it stays readable.
  public let archived: Versions<String>

  /// The name to show: every version of it, or the item's own name where it has none.
  public var title: String {
    name.isEmpty ? "#\(dot)" : name.contents.joined(separator: " / ")
  }
}
