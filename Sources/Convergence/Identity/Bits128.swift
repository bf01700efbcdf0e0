/// Sixteen bytes, compared as bytes: what every identifier is made of.
public struct Bits128: Hashable, Comparable, Sendable {
  /// The first eight bytes, most significant first.
  public var high: UInt64

  /// The last eight bytes, most significant first.
  public var low: UInt64

  /// Sixteen zero bytes.
  public static let zero = Bits128(high: 0, low: 0)

  /// Joins two halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Takes exactly sixteen bytes; `nil` for any other length.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      if index < 8 {
        high = (high << 8) | UInt64(byte)
      } else {
        low = (low << 8) | UInt64(byte)
      }
    }
    self.init(high: high, low: low)
  }

  /// The sixteen bytes in order.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    for half in [high, low] {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: half >> shift))
      }
    }
    return bytes
  }

  /// Orders by the bytes, first byte first.
  public static func < (left: Bits128, right: Bits128) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}
