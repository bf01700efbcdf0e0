import Convergence
import SyncProtocol
import Testing

@Suite("Gzip")
struct GzipTests {
  /// Bytes that shrink well, as a log does, or not at all.
  private static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    return (0..<count).map { index in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return seed == 0
        ? UInt8(truncatingIfNeeded: index / 64) : UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  @Test("What is compressed comes back as it was", arguments: [0, 1, 2, 100, 65_537, 1_000_000])
  func roundTrip(count: Int) throws {
    for seed: UInt64 in [0, 1] {
      let bytes = Self.bytes(count, seed: seed)
      let small = try Gzip.compress(bytes)
      #expect(try Gzip.inflate(small, atMost: count) == bytes)
    }
  }

  @Test("One byte more than is allowed is too large, and what is allowed is not")
  func limit() throws {
    let small = try Gzip.compress(Self.bytes(10_000, seed: 0))
    #expect(try Gzip.inflate(small, atMost: 10_000).count == 10_000)
    #expect(throws: ProtocolError.self) { try Gzip.inflate(small, atMost: 9_999) }
  }

  @Test("A bomb is too large long before it is spread out")
  func bomb() throws {
    // One line feed, then the one before 258 times, again and again: section 3.2.6 of RFC 1951.
    var bits = [1, 1, 0] + Self.bits(0x30 + 10, 8)
    for _ in 0..<400_000 { bits += Self.bits(0b1100_0101, 8) + [0, 0, 0, 0, 0] }
    var bomb: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    for start in stride(from: 0, to: bits.count, by: 8) {
      let byte = bits[start..<min(start + 8, bits.count)].enumerated()
        .reduce(0) { $0 | $1.element << $1.offset }
      bomb.append(UInt8(byte))
    }
    let error = #expect(throws: ProtocolError.self) {
      try Gzip.inflate(bomb, atMost: 1 << 40)
    }
    #expect(error?.code == .tooLarge)
  }

  private static func bits(_ number: Int, _ count: Int) -> [Int] {
    (0..<count).map { number >> (count - 1 - $0) & 1 }
  }

  @Test("What would shrink by more than readers allow is stored instead")
  func dense() throws {
    let bytes = [UInt8](repeating: 7, count: 2_000_000)
    let small = try Gzip.compress(bytes)
    #expect(small.count > bytes.count / Limits.inflationRatio)
    #expect(try Gzip.inflate(small, atMost: bytes.count) == bytes)
  }

  @Test("Cut anywhere, it is malformed and nothing worse")
  func cut() throws {
    let small = try Gzip.compress(Self.bytes(3_000, seed: 0))
    for end in 0..<small.count {
      let error = #expect(throws: ProtocolError.self) {
        try Gzip.inflate(Array(small[..<end]), atMost: 3_000)
      }
      #expect(error?.code == .malformed)
    }
  }

  @Test("With any byte changed it is malformed, or holds what it held")
  func changed() throws {
    let bytes = Self.bytes(3_000, seed: 1)
    let small = try Gzip.compress(bytes)
    for index in 0..<small.count {
      var other = small
      other[index] ^= 0x20
      let back = try? Gzip.inflate(other, atMost: 3_000)
      // The time and the system in the header, and the last bits before the checksum, say nothing.
      #expect(back == nil || back == bytes)
    }
  }

  @Test("More behind the member is malformed")
  func behind() throws {
    let small = try Gzip.compress([1, 2, 3])
    #expect(throws: ProtocolError.self) { try Gzip.inflate(small + small, atMost: 100) }
    #expect(throws: ProtocolError.self) { try Gzip.inflate(small + [0], atMost: 100) }
  }
}
