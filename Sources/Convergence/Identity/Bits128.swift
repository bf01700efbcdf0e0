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
  ///
  /// Inlinable, because a store reads several of these for every row, from arrays and slices.
  @inlinable
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    var index = 0
    for byte in bytes {
      if index < 8 {
        high = (high << 8) | UInt64(byte)
      } else {
        low = (low << 8) | UInt64(byte)
      }
      index += 1
    }
    self.init(high: high, low: low)
  }

  /// Reads 22 characters of canonical ``Text64``; `nil` for anything else.
  ///
  /// Concrete and without an array between, because every name in every operation comes this way.
  public init?(text64 text: Substring) {
    guard text.utf8.count == 22 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    var index = 0
    for character in text.utf8 {
      let digit = UInt64(Text64.digit(character))
      guard digit < 64 else { return nil }
      if index < 21 {
        high = (high << 6) | (low >> 58)
        low = (low << 6) | digit
      } else {
        // 22 characters hold 132 bits: the last four must be zero.
        guard digit & 0x0F == 0 else { return nil }
        high = (high << 2) | (low >> 62)
        low = (low << 2) | (digit >> 4)
      }
      index += 1
    }
    self.init(high: high, low: low)
  }

  /// The 22 characters of ``Text64``.
  public var text64: String {
    var characters: [UInt8] = []
    characters.reserveCapacity(22)
    var (high, low) = (high, low)
    for _ in 0..<21 {
      characters.append(Text64.character(UInt8(truncatingIfNeeded: high >> 58)))
      high = (high << 6) | (low >> 58)
      low <<= 6
    }
    characters.append(Text64.character(UInt8(truncatingIfNeeded: high >> 58)))
    return String(decoding: characters, as: UTF8.self)
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
