import Convergence

extension Value {
  /// The same map with more members; a member that is there already stays.
  func adding(_ members: [(key: String, value: Value)]) -> Value {
    guard case .map(let map) = self else { return self }
    let new = members.filter { map[$0.key] == nil }
      .map { Map.Member(key: $0.key, value: $0.value) }
    return Map(map.members + new).map(Value.map) ?? self
  }
}
