package import Convergence
package import SyncProtocol

/// The state of a visit from its whole log: the one slow and general way, a pure function.
///
/// Whoever applies batches one by one as they come must arrive at the same. Where that is hard (a
/// fork, a successor's moved operations, an authority that changes what has effect), the store asks
/// here instead.
package struct Derivation: Sendable {
  /// One operation with where it stands and what it does.
  package struct Step: Hashable, Sendable {
    /// The operation, under the name that everybody gives it.
    package let operation: Operation

    /// The batch that holds it.
    package let batch: Hash256

    /// Its place in the batch, from 0.
    package let index: Int

    /// Its causal height.
    package let height: Int64

    /// What it does; `nil` where another branch or successor carries the same operation.
    package let effect: Effect?

    /// The position of its batch; `nil` while it is not sealed.
    package let position: Int64?
  }

  /// The cells.
  package private(set) var cells = MemoryCells()

  /// Every operation in the order of the log.
  package private(set) var steps: [Step] = []

  /// The heads of the streams.
  private(set) var heads: [StreamID: StreamHead] = [:]

  /// What the server's own operations say.
  package private(set) var authority = Authority()

  /// What each author had seen after each batch.
  package private(set) var seenAfter: [Hash256: VersionVector] = [:]

  /// Derives the state.
  ///
  /// - Parameters:
  ///   - log: The batches in an order in which each comes after what it builds on.
  ///   - open: Operations of this device that are not sealed yet.
  ///   - meaning: What operations mean.
  package init(log: [LogEntry], open: [Operation], meaning: Meaning) {
    var resolved = resolve(log)
    let openHeight = (heads.values.map(\.height).max() ?? 0) + 1
    for (index, operation) in open.enumerated() {
      resolved.append(
        Resolved(
          operation: operation,
          batch: Hash256(prefix: .zero, suffix: .zero),
          index: index,
          height: openHeight + Int64(index),
          position: nil,
          name: nil
        )
      )
    }
    let aliases = Aliases(resolved)
    for step in resolved {
      authority.absorb(aliases.canonical(step.operation))
    }
    for step in resolved {
      let operation = aliases.canonical(step.operation)
      let effect: Effect? =
        aliases.isRepeated(step.operation.dot)
        ? nil : meaning.apply(operation, authority: authority, to: &cells)
      steps.append(
        Step(
          operation: operation,
          batch: step.batch,
          index: step.index,
          height: step.height,
          effect: effect,
          position: step.position
        )
      )
    }
  }

  /// Turns batches into operations, following each author's own past.
  private mutating func resolve(_ log: [LogEntry]) -> [Resolved] {
    let branches = Self.branches(of: log)
    var tips: [Hash256: StreamHead] = [:]
    var byPrefix: [Dependency: Hash256] = [:]
    var resolved: [Resolved] = []
    for entry in log {
      let batch = entry.batch.batch
      let branch = branches[entry.batch.hash] ?? .trunk
      let stream = StreamID(replica: batch.replica, branch: branch)
      let previous = batch.previous.flatMap { tips[$0] }
      var seen = previous?.seen ?? VersionVector()
      var heights: [Int64] = []
      for dependency in batch.deps {
        guard let hash = byPrefix[dependency], let tip = tips[hash] else { continue }
        heights.append(tip.height)
        for own in tip.seen.entries where own.stream.replica == dependency.replica {
          seen.extend(own.stream, to: own.lastCounter)
        }
      }
      let first = CausalHeight.ofFirst(previous: previous?.height ?? 0, seen: heights)
      let operations = batch.resolved(person: entry.batch.person, branch: branch, past: seen)
      for (index, operation) in operations.enumerated() {
        resolved.append(
          Resolved(
            operation: operation,
            batch: entry.batch.hash,
            index: index,
            height: first.advanced(saturatingBy: index),
            position: entry.position,
            name: batch.formerName(at: index)
          )
        )
      }
      seen.extend(stream, to: batch.lastCounter)
      let tip = StreamHead(
        number: batch.number,
        lastCounter: batch.lastCounter,
        height: first.advanced(saturatingBy: operations.count - 1),
        hash: entry.batch.hash,
        seen: seen
      )
      tips[entry.batch.hash] = tip
      seenAfter[entry.batch.hash] = seen
      heads[stream] = tip
      let dependency = Dependency(
        replica: batch.replica,
        lastCounter: batch.lastCounter,
        hashPrefix: entry.batch.hash.prefix
      )
      byPrefix[dependency] = entry.batch.hash
    }
    return resolved
  }

  /// The side of a fork on which each batch stands (section 3.6).
  private static func branches(of log: [LogEntry]) -> [Hash256: Branch] {
    struct Parent: Hashable {
      let replica: ReplicaID
      let hash: Hash256?
    }
    var children: [Parent: Int] = [:]
    for entry in log {
      let batch = entry.batch.batch
      children[Parent(replica: batch.replica, hash: batch.previous), default: 0] += 1
    }
    var branches: [Hash256: Branch] = [:]
    for entry in log {
      let batch = entry.batch.batch
      let siblings = children[Parent(replica: batch.replica, hash: batch.previous)] ?? 1
      branches[entry.batch.hash] =
        siblings > 1
        ? entry.batch.hash.branch
        : batch.previous.flatMap { branches[$0] } ?? .trunk
    }
    return branches
  }
}
