/// How two points of a history stand to each other.
///
/// A partial order has a fourth answer that `Comparable` cannot give: neither has seen the other.
public enum CausalRelation: Hashable, Sendable {
  /// Both have seen exactly the same.
  case equal

  /// The other has seen everything this one has, and more.
  case before

  /// This one has seen everything the other has, and more.
  case after

  /// Each has seen something that the other has not.
  case concurrent

  /// The same relation from the other side.
  public var reversed: CausalRelation {
    switch self {
    case .equal: .equal
    case .before: .after
    case .after: .before
    case .concurrent: .concurrent
    }
  }
}
