import Convergence
import TestSupport
import Testing

@Suite("Bits128")
struct Bits128Tests {
  @Test("Sixteen bytes stand in order, the first most significant")
  func bytes() {
    let bits = Bits128(high: 0x0001_0203_0405_0607, low: 0x0809_0A0B_0C0D_0E0F)
    #expect(bits.bytes == Array(0...15))
    #expect(Bits128(bytes: 0...15) == bits)
    #expect(Bits128.zero.bytes == [UInt8](repeating: 0, count: 16))
  }

  @Test("Bytes come back, and no length but sixteen is taken")
  func roundTrip() throws {
    try forEachSeed { random in
      let bits = random.bits()
      try demandEqual(Bits128(bytes: bits.bytes), bits, "the bits differ")
    }
    for length in 0...64 where length != 16 {
      #expect(Bits128(bytes: [UInt8](repeating: 1, count: length)) == nil)
    }
  }

  @Test("The order is a total one, and that of the bytes")
  func order() throws {
    try forEachSeed { random in
      let values = (0..<8).map { _ in random.bits() }
      try checkTotalOrder(values)
      let byBytes = values.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
      try demandEqual(values.sorted(), byBytes, "the bytes sort otherwise")
    }
  }

  @Test("Equality counts both halves")
  func equality() throws {
    let bits = Bits128(high: 1, low: 2)
    try checkEveryPropertyCounts(
      bits,
      variants: [Bits128(high: 3, low: 2), Bits128(high: 1, low: 3)]
    )
  }
}
