package import Convergence

/// Turns the references of one batch into dots, along the batch's own past (section 4.2).
///
/// A reference that leads outside the past resolves to nothing, and the operation that carries it
/// is inert: nobody can claim to have seen what they had not.
package struct References {
  private let replica: ReplicaID
  private let branch: Branch
  private let firstCounter: Int64
  private let who: [StreamID]
  private let past: VersionVector
  private let lineage: Lineage

  /// Prepares to read the references of a batch.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - branch: The side of a fork on which it stands.
  ///   - past: What its author had seen at its first operation, own stream included.
  ///   - lineage: How the streams hang together.
  package init(
    of batch: Batch,
    branch: Branch,
    past: VersionVector,
    lineage: Lineage = Lineage()
  ) {
    replica = batch.replica
    firstCounter = batch.firstCounter
    who = batch.who
    self.branch = branch
    self.past = past
    self.lineage = lineage
  }

  /// The dot that a reference names for the operation at a counter.
  ///
  /// - Returns: A dot; `nil` where the value is no reference or leads nowhere.
  package func dot(_ value: Value, at counter: Int64) -> Dot? {
    switch Reference(value) {
    case nil:
      return nil
    case .own(let own):
      // A counter alone always means the author's own chain.
      guard own >= 1, own < counter else { return nil }
      if own >= firstCounter { return Dot(replica: replica, counter: own, branch: branch) }
      return lineage.dot(own, on: StreamID(replica: replica, branch: branch))
    case .other(let index, let other):
      guard other >= 1, index >= 0, index < Int64(who.count) else { return nil }
      let stream = who[Int(index)]
      if stream.branch == .trunk { return lineage.dot(other, of: stream.replica, in: past) }
      return lineage.dot(other, of: stream.replica, along: stream.branch, in: past)
    }
  }
}
