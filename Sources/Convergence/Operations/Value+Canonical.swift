extension Value {
  /// Canonical JSON (protocol section 1.4): the one form that digests and comparisons use.
  public var canonical: [UInt8] {
    var bytes: [UInt8] = []
    appendCanonical(to: &bytes)
    return bytes
  }

  /// Appends the canonical JSON to bytes that are being built.
  ///
  /// - Complexity: O(size).
  public func appendCanonical(to bytes: inout [UInt8]) {
    switch self {
    case .bool(let bool):
      bytes.append(contentsOf: (bool ? "true" : "false").utf8)
    case .int(let int):
      bytes.append(contentsOf: String(int).utf8)
    case .string(let string):
      Self.appendCanonical(string, to: &bytes)
    case .list(let list):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in list.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.appendCanonical(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .map(let map):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in map.members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.appendCanonical(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.appendCanonical(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Appends a string with its quotes; only `"`, `\` and U+0001 to U+001F are escaped.
  public static func appendCanonical(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(hexadecimal[Int(byte >> 4)])
        bytes.append(hexadecimal[Int(byte & 0x0F)])
      default:
        bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}
