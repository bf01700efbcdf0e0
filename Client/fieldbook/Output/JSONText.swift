import Convergence

/// A value as JSON for programs to read: one line, members sorted by key.
///
/// Whatever could steer a terminal is escaped, so that looking at it is safe as well.
enum JSONText {
  /// The bytes, with a line feed at the end.
  static func line(_ value: Value) -> [UInt8] {
    var bytes: [UInt8] = []
    append(value, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private static func append(_ value: Value, to bytes: inout [UInt8]) {
    switch value {
    case .bool, .int:
      value.appendCanonical(to: &bytes)
    case .string(let string):
      append(string, to: &bytes)
    case .list(let list):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in list.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(element, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .map(let map):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in map.members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        append(member.value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func append(_ string: String, to bytes: inout [UInt8]) {
    let isUnfit = string.unicodeScalars.contains { $0.value >= 0x7F && Printable.isUnfit($0) }
    guard isUnfit else {
      Value.appendCanonical(string, to: &bytes)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for scalar in string.unicodeScalars {
      if scalar.value >= 0x7F, Printable.isUnfit(scalar) {
        let digits = String(scalar.value, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      } else {
        var quoted: [UInt8] = []
        Value.appendCanonical(String(scalar), to: &quoted)
        bytes += quoted.dropFirst().dropLast()
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
