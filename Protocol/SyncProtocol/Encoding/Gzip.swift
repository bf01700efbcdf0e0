import CZlib

/// Compresses bytes as gzip (RFC 1952), and takes them back within named limits.
///
/// What is taken back comes from strangers: nothing here trusts a length that the input states.
public enum Gzip {
  /// Compresses bytes into one member, which ``inflate(_:atMost:ratio:)`` takes back.
  ///
  /// What would shrink by more than readers allow is stored as it is.
  ///
  /// - Throws: ``ProtocolError`` `malformed` if the library fails, as it does without memory.
  /// - Complexity: O(*n*), about 30 ns a byte.
  public static func compress(_ bytes: [UInt8]) throws(ProtocolError) -> [UInt8] {
    let small = try deflated(bytes, level: Z_DEFAULT_COMPRESSION)
    let isAllowed = Inflater.isAllowed(
      bytes.count,
      from: small.count,
      ratio: Limits.inflationRatio
    )
    return isAllowed ? small : try deflated(bytes, level: Z_NO_COMPRESSION)
  }

  /// Takes back what is compressed in exactly one member.
  ///
  /// - Parameters:
  ///   - bytes: The member.
  ///   - limit: The most bytes that may come out.
  ///   - ratio: How many times as long as the input they may be.
  /// - Returns: What was compressed.
  /// - Throws: ``ProtocolError``: `too-large` beyond a limit; `malformed` for what is damaged, cut
  ///   short, or has more behind it.
  public static func inflate(
    _ bytes: [UInt8],
    atMost limit: Int,
    ratio: Int = Limits.inflationRatio
  ) throws(ProtocolError) -> [UInt8] {
    let inflater = try Inflater(atMost: limit, ratio: ratio)
    var output: [UInt8] = []
    let used = try inflater.take(bytes[...], into: &output)
    guard inflater.isAtEnd else {
      throw ProtocolError(.malformed, "the compressed bytes are cut short")
    }
    guard used == bytes.count else {
      throw ProtocolError(.malformed, "there is more behind the compressed bytes")
    }
    return output
  }

  private static func deflated(_ bytes: [UInt8], level: Int32) throws(ProtocolError) -> [UInt8] {
    guard bytes.count <= Int(UInt32.max) / 2 else {
      throw ProtocolError(.tooLarge, "too much to compress at once")
    }
    var stream = unsafe z_stream()
    // 15 bits of window, and 16 for the gzip header; memory level 8 is the library's default.
    var code = unsafe deflateInit2_(
      &stream,
      level,
      Z_DEFLATED,
      31,
      8,
      Z_DEFAULT_STRATEGY,
      ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)
    )
    guard code == Z_OK else { throw failed(code) }
    defer { unsafe deflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: Int(unsafe deflateBound(&stream, UInt(bytes.count))))
    var input = bytes
    let made: Int = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_in = source.baseAddress
        unsafe stream.avail_in = UInt32(source.count)
        unsafe stream.next_out = target.baseAddress
        unsafe stream.avail_out = UInt32(target.count)
        code = unsafe deflate(&stream, Z_FINISH)
        return unsafe target.count - Int(stream.avail_out)
      }
    }
    guard code == Z_STREAM_END else { throw failed(code) }
    output.removeSubrange(made...)
    return output
  }

  private static func failed(_ code: Int32) -> ProtocolError {
    ProtocolError(.malformed, "the compression library failed (\(code))")
  }
}
