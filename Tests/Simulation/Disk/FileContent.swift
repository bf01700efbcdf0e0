/// The bytes of a file, in chunks: a copy shares all chunks that nobody writes to.
struct FileContent: Sendable {
  private static let chunkSize = 8192

  /// How long the file is; what the last chunk holds beyond it is zero.
  private(set) var size = 0

  private var chunks: [[UInt8]] = []

  /// Fills the output from an offset, and says how much there was.
  func read(into output: inout MutableRawSpan, at offset: Int) -> Int {
    let count = max(0, min(output.byteCount, size - offset))
    var done = 0
    while done < count {
      let (chunk, start) = (offset + done).quotientAndRemainder(dividingBy: Self.chunkSize)
      let length = min(Self.chunkSize - start, count - done)
      unsafe chunks[chunk].withUnsafeBytes { source in
        unsafe output.withUnsafeMutableBytes { target in
          unsafe UnsafeMutableRawBufferPointer(rebasing: target[done...]).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: source[start..<start + length])
          )
        }
      }
      done += length
    }
    return count
  }

  /// Puts bytes at an offset; what lies between it and the end becomes zero.
  mutating func write(_ input: RawSpan, at offset: Int) {
    guard input.byteCount > 0 else { return }
    if offset + input.byteCount > size { resize(to: offset + input.byteCount) }
    var done = 0
    while done < input.byteCount {
      let (chunk, start) = (offset + done).quotientAndRemainder(dividingBy: Self.chunkSize)
      let length = min(Self.chunkSize - start, input.byteCount - done)
      unsafe chunks[chunk].withUnsafeMutableBytes { target in
        unsafe input.withUnsafeBytes { source in
          unsafe UnsafeMutableRawBufferPointer(rebasing: target[start...]).copyMemory(
            from: UnsafeRawBufferPointer(rebasing: source[done..<done + length])
          )
        }
      }
      done += length
    }
  }

  /// Puts bytes at an offset.
  mutating func write(_ bytes: ArraySlice<UInt8>, at offset: Int) {
    unsafe write(bytes.span.bytes, at: offset)
  }

  /// Makes the file longer, by zeros, or shorter.
  mutating func resize(to newSize: Int) {
    let count = (newSize + Self.chunkSize - 1) / Self.chunkSize
    if count < chunks.count { chunks.removeLast(chunks.count - count) }
    if newSize < size, let last = chunks.indices.last {
      let start = newSize - last * Self.chunkSize
      let end = min(size - last * Self.chunkSize, Self.chunkSize)
      for index in start..<end { chunks[last][index] = 0 }
    }
    while chunks.count < count { chunks.append([UInt8](repeating: 0, count: Self.chunkSize)) }
    size = newSize
  }

  /// Appends the bytes of a range that lies within the file.
  func copy(_ range: Range<Int>, to bytes: inout [UInt8]) {
    var place = range.lowerBound
    while place < range.upperBound {
      let (chunk, start) = place.quotientAndRemainder(dividingBy: Self.chunkSize)
      let length = min(Self.chunkSize - start, range.upperBound - place)
      bytes.append(contentsOf: chunks[chunk][start..<start + length])
      place += length
    }
  }
}
