/// Bytes of a damaged file, read without ever going beyond them.
struct PageBytes {
  private let slice: ArraySlice<UInt8>

  init(_ slice: ArraySlice<UInt8>) { self.slice = slice }

  /// One byte, or `nil` beyond the end.
  func byte(_ offset: Int) -> UInt8? {
    guard offset >= 0, offset < slice.count else { return nil }
    return slice[slice.startIndex + offset]
  }

  /// A number of up to four bytes, most significant first.
  func number(_ offset: Int, _ size: Int) -> Int? {
    guard let bytes = bytes(offset, size) else { return nil }
    return bytes.reduce(0) { $0 << 8 | Int($1) }
  }

  /// So many bytes.
  func bytes(_ offset: Int, _ size: Int) -> [UInt8]? {
    guard offset >= 0, size >= 0, offset <= slice.count, size <= slice.count - offset else {
      return nil
    }
    let start = slice.startIndex + offset
    return Array(slice[start..<start + size])
  }

  /// A number of one to nine bytes as SQLite writes it, and the place behind it.
  func variable(_ offset: inout Int) -> Int64? {
    var number: UInt64 = 0
    for index in 0..<9 {
      guard let byte = byte(offset) else { return nil }
      offset += 1
      if index == 8 { return Int64(bitPattern: number << 8 | UInt64(byte)) }
      number = number << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return Int64(bitPattern: number) }
    }
    return nil
  }
}
