import Convergence
import SyncProtocol

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

/// Reads what a ``ByteWriter`` wrote; every read answers `nil` beyond the end or out of range.
struct ByteReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether everything was read.
  var isAtEnd: Bool { index == bytes.count }

  mutating func number() -> UInt64? {
    var number: UInt64 = 0
    var shift: UInt64 = 0
    while index < bytes.count, shift < 64 {
      let byte = bytes[index]
      index += 1
      number |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return number }
      shift += 7
    }
    return nil
  }

  mutating func signed() -> Int64? {
    guard let number = number() else { return nil }
    return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
  }

  mutating func content() -> [UInt8]? {
    guard let count = number(), count <= UInt64(bytes.count - index) else { return nil }
    defer { index += Int(count) }
    return Array(bytes[index..<index + Int(count)])
  }
}
