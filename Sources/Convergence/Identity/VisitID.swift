/// One assessment of one service by one team: the unit of replication and permission.
public struct VisitID: Identifier {
  /// The sixteen bytes.
  public let bits: Bits128

  /// Wraps sixteen bytes.
  public init(bits: Bits128) { self.bits = bits }
}
