package import Convergence

extension Value {
  /// A map of the members that have a value.
  package static func members(_ members: (String, Value?)...) -> Value {
    let present = members.compactMap { key, value in
      value.map { Map.Member(key: key, value: $0) }
    }
    return Map(present).map(Value.map) ?? .object([:])
  }
}
