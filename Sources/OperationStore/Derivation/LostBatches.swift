import Convergence
import SyncProtocol

/// What the declared gaps of a visit leave open (section 3.9): what is lost and was not found.
struct LostBatches {
  /// What stands for one gap.
  struct Stretch {
    /// The link that stands in the chains.
    let link: ChainLink

    /// The numbers that the last lost batch may have; empty where any is allowed.
    let numbers: Set<Int64>
  }

  private var stretches: [Dependency: Stretch] = [:]

  /// Whether the authority declared any gap, filled since or not.
  let isDeclared: Bool

  /// Nothing is lost.
  init() { isDeclared = false }

  /// Finds the places of what is lost in the chains of a visit.
  ///
  /// - Parameters:
  ///   - gaps: What the authority declared, in any order.
  ///   - links: The batches held.
  init(_ gaps: [Gap], among links: [ChainLink]) {
    isDeclared = !gaps.isEmpty
    guard isDeclared else { return }
    var held: Set<Dependency> = []
    var graph = Graph()
    for link in links {
      held.insert(link.name)
      graph.add(link)
    }
    let ends = Dictionary(grouping: gaps, by: \.end)
    // Ascending, so that a gap may go on from another.
    for end in ends.keys.sorted() where !held.contains(end) {
      let standing = (ends[end] ?? []).filter { gap in
        gap.before.map { held.contains($0) || stretches[$0] != nil } ?? true
      }
      guard !standing.isEmpty else { continue }
      let later = graph.descendants(of: end)
      var nearest: Dependency?
      for gap in standing {
        let before = graph.walk(from: gap, apartFrom: later)
        if Self.isNearer(before, than: nearest) { nearest = before }
      }
      let link = ChainLink(lost: end, after: nearest)
      let isAnyNumber = standing.contains { $0.number == nil }
      stretches[end] = Stretch(
        link: link,
        numbers: isAnyNumber ? [] : Set(standing.compactMap(\.number))
      )
      graph.add(link)
    }
  }

  /// Whether nothing is lost, or all of it was found.
  var isEmpty: Bool { stretches.isEmpty }

  /// What stands for lost batches, in the order of their names.
  var links: [ChainLink] { stretches.keys.sorted().compactMap { stretches[$0]?.link } }

  /// Whether a dep may name this although it is not held.
  func contains(_ name: Dependency) -> Bool { stretches[name] != nil }

  /// Whether a batch may follow what is lost.
  func precede(_ batch: Batch) -> Bool {
    guard let before = batch.before, let stretch = stretches[before] else { return false }
    return stretch.numbers.isEmpty || stretch.numbers.contains(batch.number - 1)
  }

  /// Of two places as near to what is lost, the one with the least hash counts.
  private static func isNearer(_ first: Dependency?, than second: Dependency?) -> Bool {
    guard let first else { return false }
    guard let second else { return true }
    return first.lastCounter == second.lastCounter
      ? first.hashPrefix < second.hashPrefix : first.lastCounter > second.lastCounter
  }
}

extension LostBatches {
  /// What follows what, in streams and by deps.
  private struct Graph {
    /// A place where a stream may go on.
    private struct Place: Hashable {
      let replica: ReplicaID
      let before: Dependency?
    }

    private var after: [Place: [Dependency]] = [:]
    private var followers: [Dependency: [Dependency]] = [:]

    mutating func add(_ link: ChainLink) {
      let place = Place(replica: link.name.replica, before: link.before)
      after[place, default: []].append(link.name)
      if let before = link.before { followers[before, default: []].append(link.name) }
      for dependency in link.entry?.batch.batch.deps ?? [] {
        followers[dependency, default: []].append(link.name)
      }
    }

    /// Everything that builds on a batch, itself included.
    func descendants(of name: Dependency) -> Set<Dependency> {
      var found: Set<Dependency> = [name]
      var left = [name]
      while let next = left.popLast() {
        for follower in followers[next] ?? [] where found.insert(follower).inserted {
          left.append(follower)
        }
      }
      return found
    }

    /// The last that is known before what is lost: some of it may have been found.
    ///
    /// What builds on what is lost cannot stand before it, whoever says so.
    func walk(from gap: Gap, apartFrom later: Set<Dependency>) -> Dependency? {
      var before = gap.before
      if let declared = before, later.contains(declared) { return nil }
      while let next = after[Place(replica: gap.replica, before: before)], next.count == 1,
        next[0].lastCounter < gap.lastCounter, !later.contains(next[0])
      {
        before = next[0]
      }
      return before
    }
  }
}
