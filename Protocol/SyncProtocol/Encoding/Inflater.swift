import CZlib

/// Takes compressed bytes back piece by piece, within limits: one gzip member (RFC 1952).
///
/// Whatever came out before an error is good as far as it goes: a file that a stick damaged gives
/// what stands before the damage.
@safe public final class Inflater {
  private let stream: UnsafeMutablePointer<z_stream>
  private let limit: Int
  private let ratio: Int
  private var taken = 0
  private var made = 0

  /// Whether the member was read to its end and its checksum is right.
  public private(set) var isAtEnd = false

  /// Begins with a member.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that may come out.
  ///   - ratio: How many times as long as the input they may be.
  /// - Throws: ``ProtocolError`` `malformed` if the library has no memory.
  public init(atMost limit: Int, ratio: Int = Limits.inflationRatio) throws(ProtocolError) {
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    self.limit = limit
    self.ratio = ratio
    let code = unsafe inflateInit2_(
      stream,
      31,
      ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size)
    )
    guard code == Z_OK else {
      throw ProtocolError(.malformed, "the compression library failed (\(code))")
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Takes the next piece.
  ///
  /// - Parameters:
  ///   - piece: The bytes that follow those taken before.
  ///   - output: Where what comes out is appended, also before an error.
  /// - Returns: How many bytes belonged to the member: fewer than given only at its end.
  /// - Throws: ``ProtocolError``: `too-large` beyond a limit, `malformed` for what is damaged.
  public func take(
    _ piece: ArraySlice<UInt8>,
    into output: inout [UInt8]
  ) throws(ProtocolError) -> Int {
    var used = 0
    var space = [UInt8](repeating: 0, count: 32_768)
    while !isAtEnd {
      let step = step(piece.dropFirst(used), &space)
      used += step.used
      taken += step.used
      made += step.made
      guard made <= limit, Self.isAllowed(made, from: taken, ratio: ratio) else {
        throw ProtocolError(.tooLarge, "the compressed bytes hold more than is allowed")
      }
      output += space[..<step.made]
      switch step.code {
      case Z_STREAM_END: isAtEnd = true
      case Z_OK where step.used > 0 || step.made > 0: continue
      case Z_OK, Z_BUF_ERROR: return used
      default: throw ProtocolError(.malformed, "the compressed bytes are damaged")
      }
    }
    return used
  }

  /// Whether as much may come of so little.
  static func isAllowed(_ made: Int, from taken: Int, ratio: Int) -> Bool {
    made <= Limits.inflationFreeBytes || made / ratio <= taken
  }

  private func step(
    _ piece: ArraySlice<UInt8>,
    _ space: inout [UInt8]
  ) -> (code: Int32, used: Int, made: Int) {
    // What is not used is copied again with the next step, so it is kept small.
    var input = Array(piece.prefix(16_384))
    let stream = unsafe self.stream
    return unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe space.withUnsafeMutableBufferPointer { target in
        unsafe stream.pointee.next_in = source.baseAddress
        unsafe stream.pointee.avail_in = UInt32(source.count)
        unsafe stream.pointee.next_out = target.baseAddress
        unsafe stream.pointee.avail_out = UInt32(target.count)
        let code = unsafe inflate(stream, Z_NO_FLUSH)
        let used = unsafe source.count - Int(stream.pointee.avail_in)
        let made = unsafe target.count - Int(stream.pointee.avail_out)
        // The pointers are good for this call alone.
        unsafe stream.pointee.next_in = nil
        unsafe stream.pointee.next_out = nil
        return (code, used, made)
      }
    }
  }
}
