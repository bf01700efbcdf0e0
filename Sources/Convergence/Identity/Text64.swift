/// Base64url without padding, in its one canonical form: how identifiers, hashes and keys are
/// written.
///
/// RFC 4648 section 5 decides the alphabet, its section 3.5 that unused low bits must be zero, so
/// that equal bytes have exactly one text and texts can be compared instead of bytes.
public enum Text64 {
  /// The text of some bytes.
  ///
  /// - Complexity: O(*n*).
  public static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var characters: [UInt8] = []
    var pending: UInt32 = 0
    var bits = 0
    for byte in bytes {
      pending = (pending << 8) | UInt32(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        characters.append(alphabet[Int((pending >> UInt32(bits)) & 0x3F)])
      }
    }
    if bits > 0 {
      characters.append(alphabet[Int((pending << UInt32(6 - bits)) & 0x3F)])
    }
    return String(decoding: characters, as: UTF8.self)
  }

  /// The bytes of a text, or `nil` if it is not canonical base64url.
  ///
  /// - Complexity: O(*n*).
  public static func decode(_ text: some StringProtocol) -> [UInt8]? {
    decode(utf8: text.utf8)
  }

  /// The bytes of a text given as UTF-8, or `nil` if it is not canonical base64url.
  ///
  /// - Complexity: O(*n*).
  public static func decode(utf8 text: some Collection<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3 + 2)
    var pending: UInt32 = 0
    var bits = 0
    for character in text {
      let digit = digits[Int(character)]
      guard digit < 64 else { return nil }
      pending = (pending << 6) | UInt32(digit)
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
      }
    }
    // One left-over character carries no whole byte; other left-over bits must be zero.
    guard bits < 6, pending & ((1 << UInt32(bits)) - 1) == 0 else { return nil }
    return bytes
  }

  /// The value of a character, or 255 if it is none of the alphabet.
  static func digit(_ character: UInt8) -> UInt8 { digits[Int(character)] }

  /// The character of a value; its two upper bits do not count.
  static func character(_ digit: UInt8) -> UInt8 { alphabet[Int(digit & 0x3F)] }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
  )

  private static let digits: [UInt8] = {
    var table = [UInt8](repeating: 0xFF, count: 256)
    for (value, character) in alphabet.enumerated() {
      table[Int(character)] = UInt8(value)
    }
    return table
  }()
}
