import SyncProtocol
import Testing

@Suite("Inflating piece by piece")
struct InflaterTests {
  @Test("Pieces of any size give the same", arguments: [1, 2, 7, 100, 4_096])
  func pieces(size: Int) throws {
    let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 100) }
    let small = try Gzip.compress(bytes)
    let inflater = try Inflater(atMost: bytes.count)
    var output: [UInt8] = []
    for start in stride(from: 0, to: small.count, by: size) {
      let piece = small[start..<min(start + size, small.count)]
      #expect(try inflater.take(piece, into: &output) == piece.count)
    }
    #expect(inflater.isAtEnd)
    #expect(output == bytes)
  }

  @Test("It stops at the end of its member and says how much was its")
  func end() throws {
    let small = try Gzip.compress([1, 2, 3])
    let inflater = try Inflater(atMost: 3)
    var output: [UInt8] = []
    #expect(try inflater.take((small + [9, 9])[...], into: &output) == small.count)
    #expect(inflater.isAtEnd)
    #expect(try inflater.take([9, 9], into: &output) == 0)
  }

  @Test("What came out before damage stays")
  func damage() throws {
    var state: UInt64 = 7
    let bytes = (0..<60_000).map { _ -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(ascii: "a") + UInt8(truncatingIfNeeded: state >> 60)
    }
    var small = try Gzip.compress(bytes)
    for index in small.count / 2..<small.count { small[index] = 0xFF }
    let inflater = try Inflater(atMost: bytes.count)
    var output: [UInt8] = []
    _ = try? inflater.take(small[...], into: &output)
    #expect(!inflater.isAtEnd)
    #expect(output.count > bytes.count / 4)
    #expect(output.prefix(bytes.count / 4).elementsEqual(bytes.prefix(bytes.count / 4)))
  }
}
