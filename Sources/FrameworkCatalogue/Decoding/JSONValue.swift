/// A value of strict JSON: no fractions, no null.
enum JSONValue: Hashable, Sendable {
  case string(String)
  case integer(Int)
  case bool(Bool)
  case array([JSONValue])
  case object([JSONMember])

  /// What the value is, in words for an error.
  var kind: String {
    switch self {
    case .string: "a text"
    case .integer: "a number"
    case .bool: "true or false"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
