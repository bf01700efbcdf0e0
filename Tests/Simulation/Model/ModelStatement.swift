import Convergence

/// What an operation says, with every reference turned into the number of an operation.
enum ModelStatement: Sendable {
  /// A record that has a name of its own, or an item that an operation made.
  enum Record: Sendable {
    case named(String)
    case item(Int)
  }

  /// A field of a record.
  struct Target: Sendable {
    let record: Record
    let field: String
    let slot: String
    let location: Int?
  }

  /// A field given when an item is made.
  struct Given: Sendable {
    let field: String
    let slot: String
    let value: Value
  }

  /// A kind that nobody knows, or an operation of a later version.
  case unknown

  /// It does not read, or refers to what its author had not seen.
  case broken(InertReason)

  /// `set`.
  case set(Target, value: Value, over: [Int], cites: [Int])

  /// `add`.
  case add(type: String, within: Record?, replyTo: Int?, given: [Given], cites: [Int])

  /// `inc`, `fix` or `ins`: model 1 has no field that takes one.
  case count(Target)

  /// Whether it can be one with an operation elsewhere: it reads, and its kind is known.
  var isReadable: Bool {
    switch self {
    case .unknown, .broken: false
    case .set, .add, .count: true
    }
  }
}
