import Convergence

/// Turns the references of one batch into dots, along the batch's own past (section 4.2).
///
/// A reference that leads outside the past resolves to nothing, and the operation that carries it
/// is inert: nobody can claim to have seen what they had not.
struct References {
  let replica: ReplicaID
  let branch: Branch
  let firstCounter: Int64
  let who: [StreamID]
  let past: VersionVector

  /// The dot that a reference names for the operation at a counter.
  ///
  /// - Returns: A dot; `nil` where the reference leads nowhere.
  func dot(_ reference: Reference, at counter: Int64) -> Dot? {
    switch reference {
    case .own(let own):
      guard own >= 1, own < counter else { return nil }
      if own >= firstCounter { return Dot(replica: replica, counter: own, branch: branch) }
      return dot(own, in: StreamID(replica: replica, branch: branch))
    case .other(let index, let other):
      guard other >= 1, index >= 0, index < Int64(who.count) else { return nil }
      let stream = who[Int(index)]
      guard stream.replica != replica else {
        guard other < counter else { return nil }
        if other >= firstCounter, stream.branch == branch || stream.branch == .trunk {
          return Dot(replica: replica, counter: other, branch: branch)
        }
        return dot(other, in: stream)
      }
      return dot(other, in: stream)
    }
  }

  /// The operation with a counter that the past holds of a replica.
  private func dot(_ counter: Int64, in stream: StreamID) -> Dot? {
    let trunk = StreamID(replica: stream.replica)
    if counter <= past.lastCounter(of: trunk) {
      return Dot(replica: stream.replica, counter: counter)
    }
    if stream.branch != .trunk {
      guard counter <= past.lastCounter(of: stream) else { return nil }
      return Dot(replica: stream.replica, counter: counter, branch: stream.branch)
    }
    let branches = past.entries.filter {
      $0.stream.replica == stream.replica && counter <= $0.lastCounter
    }
    guard branches.count == 1 else { return nil }
    return Dot(replica: stream.replica, counter: counter, branch: branches[0].stream.branch)
  }
}
