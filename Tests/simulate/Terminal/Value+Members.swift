import Convergence

extension Value {
  /// An object of members that are only known at run time, such as counts by name.
  static func members(_ members: [(key: String, value: Value)]) -> Value {
    Value.Map(members.map { Value.Map.Member(key: $0.key, value: $0.value) }).map(Value.map)
      ?? .object([:])
  }
}
