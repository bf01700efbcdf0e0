/// Which way a run takes where a scenario leaves several, and which way the next run takes.
///
/// A run asks at each fork in the order in which it meets them; how many ways there are may depend
/// on the ways taken before. Every combination comes exactly once, the first way everywhere first.
package struct ScenarioChoices: Hashable, Sendable {
  private var taken: [Int] = []
  private var counts: [Int] = []
  private var position = 0

  /// The first way everywhere.
  package init() {}

  /// The way to take at the next fork.
  ///
  /// - Parameter count: How many there are; at least 1.
  /// - Returns: Its number, from 0.
  package mutating func choose(of count: Int) -> Int {
    if position == taken.count {
      taken.append(0)
      counts.append(1)
    }
    counts[position] = max(1, count)
    position += 1
    return min(taken[position - 1], counts[position - 1] - 1)
  }

  /// Takes the planned way at a fork that an earlier run met and counted.
  package mutating func chooseAgain() {
    guard position < counts.count else { return }
    position += 1
  }

  /// The way that was planned for the next fork, if one was.
  package var planned: Int { position < taken.count ? taken[position] : 0 }

  /// The ways of the next run; `nil` behind the last.
  package var next: ScenarioChoices? {
    var next = self
    next.position = 0
    while let last = next.taken.last, let count = next.counts.last {
      if last + 1 < count {
        next.taken[next.taken.count - 1] = last + 1
        return next
      }
      next.taken.removeLast()
      next.counts.removeLast()
    }
    return nil
  }
}
