import Convergence
import SyncProtocol

extension ModelLog {
  /// The operation that a reference names (section 4.2); `nil` where it leads nowhere.
  ///
  /// - Parameters:
  ///   - reference: `c` or `[w,c]`.
  ///   - node: The operation that refers.
  /// - Returns: The number of an operation.
  func target(of reference: Value, from node: Int) -> Int? {
    let own = nodes[node].batch
    let batch = batches[own]
    if let counter = reference.int {
      // A counter alone is of the author's own chain, and of before the operation itself.
      guard counter < batch.content.firstCounter + Int64(nodes[node].index) else { return nil }
      return operations(counter, of: batch.content.replica).first { target in
        nodes[target].batch == own || batch.chain.contains(nodes[target].batch)
      }
    }
    guard let parts = reference.list, parts.count == 2, let entry = parts[0].int,
      let counter = parts[1].int, (0..<Int64(batch.content.who.count)).contains(entry)
    else { return nil }
    let stream = batch.content.who[Int(entry)]
    let held = operations(counter, of: stream.replica).filter {
      batch.past.contains(nodes[$0].batch)
    }
    let line =
      stream.branch == .trunk
      ? (holdsOneLine(of: stream.replica, batch.past) ? held : [])
      : onLine(of: stream, batch.past, held)
    return line.count == 1 ? line[0] : nil
  }

  /// Whether a past holds at most one side of every fork of a replica.
  ///
  /// The text of section 4.2 lets a counter of the trunk resolve even where several branches are
  /// held and none is named. The vectors' page (point 9) and every implementation do not, nor here.
  private func holdsOneLine(of replica: ReplicaID, _ past: ModelSet) -> Bool {
    (forks[replica] ?? []).allSatisfy { sides in sides.count(where: past.contains) <= 1 }
  }

  /// Those that stand on the line of the batch, held in the past, whose hash begins as the branch
  /// is named: before it, in it, or behind it.
  private func onLine(of stream: StreamID, _ past: ModelSet, _ held: [Int]) -> [Int] {
    let starts = batches(of: stream.replica, beginning: stream.branch).filter(past.contains)
    guard starts.count == 1 else { return [] }
    let start = starts[0]
    return held.filter { node in
      let batch = nodes[node].batch
      return batch == start || batches[start].chain.contains(batch)
        || batches[batch].chain.contains(start)
    }
  }

  /// The name that a `was` gives (section 3.7): an operation of another replica, which need not be
  /// anywhere.
  func formerName(_ was: Value, in batch: Int) -> Dot? {
    let content = batches[batch].content
    guard let parts = was.list, parts.count == 2, let entry = parts[0].int,
      let counter = parts[1].int, counter >= 1, (0..<Int64(content.who.count)).contains(entry)
    else { return nil }
    let stream = content.who[Int(entry)]
    guard stream.replica != content.replica else { return nil }
    return Dot(replica: stream.replica, counter: counter, branch: stream.branch)
  }
}
