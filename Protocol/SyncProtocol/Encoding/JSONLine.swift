public import Convergence

/// Writes one line of JSON with its members in a chosen order.
///
/// A canonical `Value` sorts its members; a sealed line keeps the order of the specification, so
/// that people who read a log find things where the document says.
public enum JSONLine {
  /// An object with its members in the given order.
  public static func object(_ members: [(key: String, value: Value)]) -> [UInt8] {
    var bytes: [UInt8] = [UInt8(ascii: "{")]
    for (index, member) in members.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      Value.appendCanonical(member.key, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      member.value.appendCanonical(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }
}
