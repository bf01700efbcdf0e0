/// A human who reviews, or the server's authority (``authority``).
public struct PersonID: Identifier {
  /// The sixteen bytes.
  public let bits: Bits128

  /// The author of operations that a server's own replicas wrote: sixteen zero bytes.
  public static let authority = PersonID(bits: .zero)

  /// Wraps sixteen bytes.
  public init(bits: Bits128) { self.bits = bits }
}
