/// Something in a bundle that could not be read, and where.
public struct BundleProblem: Hashable, Sendable, CustomStringConvertible {
  /// What kind of trouble it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The file ends before the bundle does.
    case cut

    /// Compressed bytes are damaged: what stands behind them in the same piece is not here.
    case damaged

    /// A line is no frame, or not one of a bundle.
    case malformed

    /// More than a limit allows.
    case tooLarge = "too-large"
  }

  /// What kind of trouble it is.
  public let kind: Kind

  /// Where in the file the compressed piece begins in which it was met, in bytes from 0.
  public let offset: Int

  /// How far behind the start of that piece, in bytes after inflation.
  public let inner: Int

  /// What is wrong, for a person.
  public let message: String

  init(_ kind: Kind, _ offset: Int, _ inner: Int, _ message: String) {
    self.kind = kind
    self.offset = offset
    self.inner = inner
    self.message = message
  }

  /// The place and what is wrong.
  public var description: String { "at byte \(offset)+\(inner): \(message)" }
}
