public import Convergence

/// One history of one server: 16 random bytes, made anew by `init` and by a restore.
public struct Epoch: Identifier {
  /// The sixteen bytes.
  public let bits: Bits128

  /// Wraps sixteen bytes.
  public init(bits: Bits128) { self.bits = bits }
}
