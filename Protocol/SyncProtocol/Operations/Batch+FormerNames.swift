public import Convergence

extension Batch {
  /// The name that a moved operation had in an earlier replica (section 3.7).
  ///
  /// It is a name, not a reference: the earlier replica may never have sealed it.
  ///
  /// - Parameter index: The operation's place, from 0.
  /// - Returns: The name; `nil` for an operation that was not moved.
  public func formerName(at index: Int) -> Dot? {
    guard isOfThisVersion, operations.indices.contains(index),
      let was = operations[index]["was"], case .other(let entry, let counter)? = Reference(was),
      who.indices.contains(Int(entry)), counter >= 1
    else { return nil }
    return Dot(replica: who[Int(entry)].replica, counter: counter)
  }

  /// Whether any operation was moved from an earlier replica.
  public var hasMovedOperations: Bool {
    operations.contains { $0["was"] != nil }
  }
}
