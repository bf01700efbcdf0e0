import Convergence

extension ValueRule {
  /// Whether a value says which batches of a stream are lost: from and to which counter, the
  /// beginning of the last one's hash, and, unless the stream is lost from its start, that of the
  /// one before the first.
  static func isGap(_ value: Value) -> Bool {
    let shape = ValueRule.object([
      .required("from", .positive), .required("to", .positive), .optional("b", .positive),
      .optional("prev", .text64(bytes: 16)), .required("hash", .text64(bytes: 16)),
    ])
    guard shape.allows(value), let first = value["from"]?.int, let last = value["to"]?.int else {
      return false
    }
    return first <= last && (value["prev"] == nil) == (first == 1)
  }
}
