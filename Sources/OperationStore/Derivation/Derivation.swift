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

    /// The name of its place in the log; another one where a second branch or a successor carries
    /// the same operation.
    package let place: Dot

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

  /// Which names stand for which operations.
  private(set) var aliases = Aliases([])

  /// The heads of the streams.
  private(set) var heads: [StreamID: StreamHead] = [:]

  /// What the server's own operations say.
  package private(set) var authority = Authority()

  /// How the batches hang together.
  private(set) var chains = Chains()

  /// What each author had seen after each batch.
  package private(set) var seenAfter: [Hash256: VersionVector] = [:]

  /// An operation of this device that is not sealed yet.
  package struct Open: Sendable {
    /// What it does.
    package let operation: Operation

    /// The first name that it had, where it was taken over from an earlier replica.
    package let name: Dot?

    /// What it says, with references written out; `nil` where nobody asks.
    package let content: Value?

    /// Describes an operation that is not sealed yet.
    package init(_ operation: Operation, name: Dot? = nil, content: Value? = nil) {
      self.operation = operation
      self.name = name
      self.content = content
    }
  }

  /// Derives the state.
  ///
  /// - Parameters:
  ///   - log: The batches by position. Without a declared gap, each comes after what it builds on.
  ///   - open: Operations of this device that are not sealed yet.
  ///   - meaning: What operations mean.
  ///   - person: Whose a replica is by its certificate; `nil` if none is held.
  package init(
    log: [LogEntry],
    open: [Open],
    meaning: Meaning,
    person: (ReplicaID) -> PersonID?
  ) {
    var resolved = resolve(log, person)
    let openHeight = (heads.values.map(\.height).max() ?? 0) + 1
    let unsealed = open.enumerated().map { index, open in
      Self.resolved(open, at: index, height: openHeight.advanced(saturatingBy: index))
    }
    aliases = Aliases(resolved + unsealed.filter { $0.name != nil })
    for step in unsealed { resolved.append(step.with(aliases.placed(step.operation))) }
    judge(resolved, meaning)
  }

  private static func resolved(_ open: Open, at index: Int, height: Int64) -> Resolved {
    Resolved(
      operation: open.operation,
      target: nil,
      batch: Hash256(prefix: .zero, suffix: .zero),
      index: index,
      height: height,
      position: nil,
      name: open.name,
      content: open.content.map { Resolved.Content(value: $0, references: nil) }
    )
  }

  /// Finds what each operation does, the authority's first, since all others depend on those.
  private mutating func judge(_ resolved: [Resolved], _ meaning: Meaning) {
    let cuts = gatherAuthority(resolved, meaning)
    var places = MemoryCells()
    var authors: [StreamID: Meaning.Author] = [:]
    var written: Set<Dot> = []
    for step in resolved {
      let operation = step.operation
      let stream = operation.dot.stream
      let author =
        authors[stream]
        ?? meaning.author(
          operation.person,
          stream.replica,
          under: cuts.authority(for: stream) ?? authority
        )
      authors[stream] = author
      // Each place in the log is judged for itself, by what stands at the places it refers to: the
      // order of the log must not decide which of two equal operations counts.
      let effect = meaning.settle(
        operation,
        about: step.target,
        by: author,
        to: &places
      )
      let canonical = aliases.canonical(operation)
      let isRepeated = effect == .effective && !written.insert(canonical.dot).inserted
      if !aliases.isEmpty, !isRepeated { write(canonical, effect, meaning) }
      steps.append(
        Step(
          operation: canonical,
          place: operation.dot,
          batch: step.batch,
          index: step.index,
          height: step.height,
          effect: isRepeated ? nil : effect,
          position: step.position
        )
      )
    }
    if aliases.isEmpty { cells = places }
  }

  /// Takes in what the authority says with effect; its own operations depend on nobody else's.
  private mutating func gatherAuthority(_ resolved: [Resolved], _ meaning: Meaning) -> Cuts {
    var places = MemoryCells()
    var words: [Operation] = []
    for step in resolved where step.operation.person == .authority {
      let effect = meaning.apply(step.operation, authority: authority, to: &places)
      guard effect == .effective else { continue }
      let operation = aliases.canonical(step.operation)
      if authority.absorb(operation) { words.append(operation) }
    }
    return Cuts(words, batches: chains.streams, lineage: chains.lineage)
  }

  /// Writes an operation under the name that stands, as its place was judged.
  private mutating func write(_ operation: Operation, _ effect: Effect, _ meaning: Meaning) {
    let judged = Meaning(version: meaning.version) { _, _ in effect }
    _ = judged.apply(operation, authority: Authority(), to: &cells)
  }

  /// Turns batches into operations, following each author's own past.
  private mutating func resolve(
    _ log: [LogEntry],
    _ person: (ReplicaID) -> PersonID?
  ) -> [Resolved] {
    chains = Chains(log)
    let lineage = chains.lineage
    var tips: [Dependency: StreamHead] = [:]
    var resolved: [Resolved] = []
    for link in chains.links {
      let stream = chains.streams[link.name] ?? StreamID(replica: link.name.replica)
      let previous = link.before.flatMap { tips[$0] }
      var seen = previous?.seen ?? VersionVector()
      guard let entry = link.entry else {
        // Known as seen, and nothing more: what is lost adds nothing to what its author had seen.
        seen.extend(stream, to: link.name.lastCounter)
        tips[link.name] = StreamHead(lost: link, after: previous, seen: seen)
        continue
      }
      let batch = entry.batch.batch
      var heights: [Int64] = []
      for dependency in batch.deps {
        guard let tip = tips[dependency], let named = chains.streams[dependency] else {
          // Only where a part of a log without forks is asked about: the authority's.
          seen.extend(StreamID(replica: dependency.replica), to: dependency.lastCounter)
          continue
        }
        heights.append(tip.height)
        for own in lineage.chain(named, to: dependency.lastCounter) {
          seen.extend(own.stream, to: own.lastCounter)
        }
      }
      let first = CausalHeight.ofFirst(previous: previous?.height ?? 0, seen: heights)
      let references = References(of: batch, branch: stream.branch, past: seen, lineage: lineage)
      resolved += Self.operations(of: entry, stream.branch, references, first, person)
      seen.extend(stream, to: batch.lastCounter)
      let tip = StreamHead(
        number: batch.number,
        lastCounter: batch.lastCounter,
        height: first.advanced(saturatingBy: batch.operations.count - 1),
        hash: entry.batch.hash,
        seen: seen
      )
      tips[link.name] = tip
      seenAfter[entry.batch.hash] = seen
      heads[stream] = tip
    }
    return resolved
  }

  private static func operations(
    of entry: LogEntry,
    _ branch: Branch,
    _ references: References,
    _ first: Int64,
    _ person: (ReplicaID) -> PersonID?
  ) -> [Resolved] {
    let batch = entry.batch.batch
    let operations = batch.resolved(person: entry.batch.person, branch: branch, references)
    return operations.enumerated().map { index, operation in
      var operation = operation
      var name = batch.formerName(at: index)
      // The old name has to be the same person's (section 3.7).
      if let former = name, person(former.replica) != entry.batch.person {
        if operation.action.isReadable { operation = operation.inert(.author) }
        name = nil
      }
      if !operation.action.isReadable { name = nil }
      return Resolved(
        operation: operation,
        target: batch.target(at: index, operation, references),
        batch: entry.batch.hash,
        index: index,
        height: first.advanced(saturatingBy: index),
        position: entry.position,
        name: name,
        content: Resolved.Content(value: batch.operations[index], references: references)
      )
    }
  }
}

extension Operation {
  fileprivate func inert(_ reason: InertReason) -> Operation {
    Operation(dot: dot, person: person, clock: clock, action: .inert(reason))
  }
}

extension Operation.Action {
  /// Whether it is of a kind that section 4.4 knows, in a shape that reads.
  var isReadable: Bool {
    switch self {
    case .set, .add: true
    case .uninterpreted(let kind): ["inc", "fix", "ins"].contains(kind)
    case .inert: false
    }
  }
}
