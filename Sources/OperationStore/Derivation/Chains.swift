import Convergence
import SyncProtocol

/// How the batches of a visit hang together: their order, the side of a fork on which each stands,
/// and what stands for lost ones.
struct Chains {
  /// Every batch and what stands for lost ones, each behind what it builds on.
  let links: [ChainLink]

  /// The stream on which each stands.
  let streams: [Dependency: StreamID]

  /// How the streams of forked replicas hang together.
  let lineage: Lineage

  /// What the authority's gaps leave open.
  let lost: LostBatches

  /// Whether the authority declared a gap, filled since or not.
  var hasGaps: Bool { lost.isDeclared }

  private var children: [Parent: Int] = [:]

  /// What batches have in common that make a fork (section 3.6).
  private struct Parent: Hashable {
    let replica: ReplicaID
    let before: Dependency?

    init(replica: ReplicaID, before: Dependency?) {
      self.replica = replica
      self.before = before
    }

    init(_ link: ChainLink) { self.init(replica: link.name.replica, before: link.before) }
  }

  /// No batches.
  init() { self.init([]) }

  /// Looks at a log.
  ///
  /// - Parameter log: The batches by position. Where the authority declared no gap, each stands
  ///   behind what it builds on.
  init(_ log: [LogEntry]) {
    let held = log.map { ChainLink($0) }
    let gaps = log.flatMap { entry in
      entry.batch.person == .authority ? entry.batch.batch.declaredGaps : []
    }
    lost = LostBatches(gaps, among: held)
    links = gaps.isEmpty ? held : Self.ordered(held, lost.links)
    for link in links { children[Parent(link), default: 0] += 1 }
    (streams, lineage) = Self.streams(of: links) { [children] in children[Parent($0)] ?? 1 }
  }

  /// Whether another batch, or what stands for one, follows what this batch follows.
  func isForked(_ verified: VerifiedBatch) -> Bool {
    children[Parent(replica: verified.batch.replica, before: verified.batch.before)] ?? 1 > 1
  }

  /// Puts each link behind what it builds on, and otherwise keeps the order of positions.
  private static func ordered(_ held: [ChainLink], _ lost: [ChainLink]) -> [ChainLink] {
    let all = held + lost
    let places = Dictionary(zip(all.map(\.name), all.indices)) { first, _ in first }
    var isPlaced = all.map { _ in false }
    var order: [ChainLink] = []
    order.reserveCapacity(all.count)
    // A stack of its own: a stream that was found last is as long as it is.
    for start in all.indices {
      var stack = [start]
      while let index = stack.last {
        let link = all[index]
        let names = (link.before.map { [$0] } ?? []) + (link.entry?.batch.batch.deps ?? [])
        let wanted =
          isPlaced[index]
          ? nil
          : names.lazy.compactMap { places[$0] }.first {
            !isPlaced[$0]
          }
        if let wanted {
          stack.append(wanted)
          continue
        }
        stack.removeLast()
        if !isPlaced[index] { order.append(link) }
        isPlaced[index] = true
      }
    }
    return order
  }

  private static func streams(
    of links: [ChainLink],
    siblings: (ChainLink) -> Int
  ) -> ([Dependency: StreamID], Lineage) {
    var lineage = Lineage()
    var streams: [Dependency: StreamID] = [:]
    let namesBranch = links.contains { $0.entry?.batch.batch.namesBranch ?? false }
    for link in links {
      let replica = link.name.replica
      let trunk = StreamID(replica: replica)
      let before = link.before.flatMap { streams[$0] } ?? trunk
      let stream = siblings(link) > 1 ? StreamID(replica: replica, branch: link.branch) : before
      streams[link.name] = stream
      if before != stream {
        lineage.note(branch: stream, from: before, after: link.firstCounter - 1)
      }
      if namesBranch {
        lineage.note(batch: link.branch, in: stream, lastCounter: link.name.lastCounter)
      }
      if link.entry == nil {
        lineage.note(lost: link.firstCounter...link.name.lastCounter, in: stream)
      }
    }
    return (streams, lineage)
  }
}
