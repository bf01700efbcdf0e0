package import Convergence

extension Batch {
  /// The name that a moved operation had in an earlier replica (section 3.7).
  ///
  /// It is a name, not a reference: the earlier replica may never have sealed it.
  ///
  /// - Parameter index: The operation's place, from 0.
  /// - Returns: The name; `nil` for an operation that was not moved, or whose `was` names nothing.
  package func formerName(at index: Int) -> Dot? {
    guard isOfThisVersion, operations.indices.contains(index), let was = operations[index]["was"]
    else { return nil }
    return formerName(was)
  }

  /// The dot that a `was` names: one of another replica.
  func formerName(_ was: Value) -> Dot? {
    guard case .other(let entry, let counter)? = Reference(was), counter >= 1, entry >= 0,
      entry < Int64(who.count), who[Int(entry)].replica != replica
    else { return nil }
    let stream = who[Int(entry)]
    return Dot(replica: stream.replica, counter: counter, branch: stream.branch)
  }

  /// Whether any operation was moved from an earlier replica.
  package var hasMovedOperations: Bool {
    isOfThisVersion && operations.contains { $0["was"] != nil }
  }

  /// The earlier replicas from which operations were moved, sorted.
  package var formerReplicas: [ReplicaID] {
    guard hasMovedOperations else { return [] }
    return Set(operations.indices.compactMap { formerName(at: $0)?.replica }).sorted()
  }

  /// Whether the author named a branch, and so knew of a fork.
  package var namesBranch: Bool { who.contains { $0.branch != .trunk } }
}
