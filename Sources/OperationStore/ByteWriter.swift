/// Appends the compact binary forms that the store keeps in its own columns.
///
/// They are nobody's business but this file format's: what crosses the wire is JSON.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  /// Appends an unsigned number in groups of seven bits, least significant first (LEB128).
  mutating func write(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a signed number, small magnitudes short (zigzag).
  mutating func write(signed number: Int64) {
    write(UInt64(bitPattern: (number << 1) ^ (number >> 63)))
  }

  /// Appends bytes with their count before them.
  mutating func write(_ content: [UInt8]) {
    write(UInt64(content.count))
    bytes.append(contentsOf: content)
  }
}
