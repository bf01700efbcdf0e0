package import Convergence

/// How the streams of a replica that forked hang together: which branch grew from which, and where.
///
/// A fork ends the stream that it stands on, and each side goes on as a stream of its own. So a
/// replica's batches are a tree of streams, and a vector of streams says exactly which part of the
/// tree somebody holds. Where nothing forked a lineage is empty.
package struct Lineage: Hashable, Sendable {
  private var origins: [StreamID: VersionVector.Entry] = [:]
  private var starts: [Branch: [VersionVector.Entry]] = [:]
  private var lost: [StreamID: [ClosedRange<Int64>]] = [:]

  /// Nothing forked.
  package init() {}

  /// Notes that a branch goes on from another stream of its replica.
  ///
  /// - Parameters:
  ///   - branch: The branch.
  ///   - stream: What it goes on from; the trunk where it begins with the first batch.
  ///   - counter: The last counter before the fork; 0 if there is none.
  package mutating func note(branch: StreamID, from stream: StreamID, after counter: Int64) {
    origins[branch] = VersionVector.Entry(stream: stream, lastCounter: counter)
  }

  /// Notes a batch by the first eight bytes of its hash, so that a reference can name it as branch.
  package mutating func note(batch hash: Branch, in stream: StreamID, lastCounter: Int64) {
    starts[hash, default: []].append(VersionVector.Entry(stream: stream, lastCounter: lastCounter))
  }

  /// Notes counters of a stream whose operations nobody has: no reference to one leads anywhere.
  package mutating func note(lost counters: ClosedRange<Int64>, in stream: StreamID) {
    lost[stream, default: []].append(counters)
  }

  /// Whether a replica has branches.
  package func hasForked(_ replica: ReplicaID) -> Bool {
    origins.keys.contains { $0.replica == replica }
  }

  /// A stream up to a counter, and all that it goes on from.
  package func chain(_ stream: StreamID, to lastCounter: Int64) -> [VersionVector.Entry] {
    var chain = [VersionVector.Entry(stream: stream, lastCounter: lastCounter)]
    while let last = chain.last, let origin = origins[last.stream] {
      chain.append(origin)
    }
    return chain
  }

  /// The operation with a counter on a stream or on what the stream goes on from; `nil` if lost.
  func dot(_ counter: Int64, on stream: StreamID) -> Dot? {
    var stream = stream
    while let origin = origins[stream], counter <= origin.lastCounter {
      stream = origin.stream
    }
    return dot(counter, in: stream)
  }

  private func dot(_ counter: Int64, in stream: StreamID) -> Dot? {
    guard lost.isEmpty || !(lost[stream] ?? []).contains(where: { $0.contains(counter) }) else {
      return nil
    }
    return Dot(replica: stream.replica, counter: counter, branch: stream.branch)
  }

  /// The operation with a counter that a past holds of a replica, if it holds one line of it.
  func dot(_ counter: Int64, of replica: ReplicaID, in past: VersionVector) -> Dot? {
    guard !origins.isEmpty else {
      let trunk = StreamID(replica: replica)
      return counter <= past.lastCounter(of: trunk) ? dot(counter, on: trunk) : nil
    }
    let held = past.entries.filter { $0.stream.replica == replica }
    let inner = Set(held.compactMap { origins[$0.stream]?.stream })
    let ends = held.filter { !inner.contains($0.stream) }
    guard ends.count == 1, counter <= ends[0].lastCounter else { return nil }
    return dot(counter, on: ends[0].stream)
  }

  /// The operation with a counter on the line of the batch whose hash begins like a branch: what
  /// stands before it, and what follows it in the past.
  func dot(
    _ counter: Int64,
    of replica: ReplicaID,
    along branch: Branch,
    in past: VersionVector
  ) -> Dot? {
    let named = (starts[branch] ?? []).filter {
      $0.stream.replica == replica && $0.lastCounter <= past.lastCounter(of: $0.stream)
    }
    guard named.count == 1 else { return nil }
    let start = named[0].stream
    let before = Set(chain(start, to: named[0].lastCounter).map(\.stream))
    let found = past.entries.filter { entry in
      entry.stream.replica == replica && counter <= entry.lastCounter
        && counter > origins[entry.stream]?.lastCounter ?? 0
        && (before.contains(entry.stream)
          || chain(entry.stream, to: 0).contains { $0.stream == start })
    }
    guard found.count == 1 else { return nil }
    return dot(counter, in: found[0].stream)
  }
}
