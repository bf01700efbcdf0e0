/// What was whole in a bundle, and what was not.
public struct BundleContents: Hashable, Sendable {
  /// One item and where it stands.
  public struct Entry: Hashable, Sendable {
    /// The item.
    public let item: BundleItem

    /// Where in the file its compressed piece begins, in bytes from 0.
    public let offset: Int

    /// How far behind the start of that piece, in bytes after inflation.
    public let inner: Int
  }

  /// What the bundle says of itself; `nil` where that was lost.
  public internal(set) var header: BundleHeader?

  /// What was whole, in order.
  public internal(set) var entries: [Entry] = []

  /// What was not, in order.
  public internal(set) var problems: [BundleProblem] = []

  /// What the end says of the whole.
  public internal(set) var closing = BundleClosing.missing

  init() {}
}
