/// One store on a device with one key pair; never used again after a restore or a copy.
public struct ReplicaID: Identifier {
  /// The sixteen bytes.
  public let bits: Bits128

  /// Wraps sixteen bytes.
  public init(bits: Bits128) { self.bits = bits }
}
