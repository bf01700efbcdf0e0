/// What a person types once to enrol a device: a secret, and the fingerprint of the server's
/// identity key, so that a server in between is noticed (section 2.6).
public struct EnrolmentCode: Hashable, Sendable, CustomStringConvertible {
  /// Ten random bytes, good once.
  public let secret: [UInt8]

  /// The first ten bytes of the hash of the identity key.
  public let fingerprint: [UInt8]

  /// Joins a secret and a fingerprint of ten bytes each; `nil` for other lengths.
  public init?(secret: [UInt8], fingerprint: [UInt8]) {
    guard secret.count == 10, fingerprint.count == 10 else { return nil }
    self.secret = secret
    self.fingerprint = fingerprint
  }

  /// Reads 32 characters of Crockford base32 as people type them: any case, `O` for `0`, `I` and
  /// `L` for `1`, hyphens and spaces anywhere; `nil` for anything else.
  public init?(text: some StringProtocol) {
    var bytes: [UInt8] = []
    var pending: UInt32 = 0
    var bits = 0
    var digits = 0
    for typed in text.utf8 {
      // Only ASCII letters have another case here: `uppercased()` would make an `I` of a dotless i.
      let isLower = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(typed)
      let character = isLower ? typed - 32 : typed
      let digit: UInt8
      switch character {
      case UInt8(ascii: "-"), UInt8(ascii: " "): continue
      case UInt8(ascii: "O"): digit = 0
      case UInt8(ascii: "I"), UInt8(ascii: "L"): digit = 1
      default:
        guard let index = Self.alphabet.firstIndex(of: character) else { return nil }
        digit = UInt8(index)
      }
      digits += 1
      pending = ((pending << 5) | UInt32(digit)) & 0xFFFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(bits)))
      }
    }
    guard digits == 32 else { return nil }
    self.init(secret: Array(bytes.prefix(10)), fingerprint: Array(bytes.suffix(10)))
  }

  /// 32 characters in groups of four joined by hyphens.
  public var description: String {
    var characters: [UInt8] = []
    var pending: UInt32 = 0
    var bits = 0
    for byte in secret + fingerprint {
      pending = ((pending << 8) | UInt32(byte)) & 0xFFFF
      bits += 8
      while bits >= 5 {
        bits -= 5
        if characters.count % 5 == 4 { characters.append(UInt8(ascii: "-")) }
        characters.append(Self.alphabet[Int((pending >> UInt32(bits)) & 0x1F)])
      }
    }
    return String(decoding: characters, as: UTF8.self)
  }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}
