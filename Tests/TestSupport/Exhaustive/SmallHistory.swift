package import Convergence

/// A few operations, who wrote each, and what each author had seen: one way a day can go.
///
/// ``all(steps:streams:)`` lists every such way, up to the names of the authors. What an author has
/// seen is everything of their own before, and with each operation all that its author had seen.
package struct SmallHistory: Hashable, Sendable, CustomStringConvertible {
  /// One operation.
  package struct Step: Hashable, Sendable {
    /// Who wrote it, from 0.
    package let stream: Int

    /// The earlier steps that its author had seen, ascending.
    package let seen: [Int]

    /// Describes one operation.
    package init(stream: Int, seen: [Int]) {
      self.stream = stream
      self.seen = seen
    }
  }

  /// How streams get their names.
  package enum Naming: Hashable, Sendable, CaseIterable {
    /// Each stream is a replica of its own, each of another person.
    case replicas

    /// Each stream is a replica of its own, all of one person.
    case onePerson

    /// The first stream is a trunk, the others are branches of that same replica: equal counters
    /// stand on different branches.
    case fork
  }

  /// The operations, in one of the orders in which they may have come about.
  package let steps: [Step]

  /// Takes operations as they came about.
  package init(_ steps: [Step]) { self.steps = steps }

  /// `0 1(0) 0(0,1)`: the stream of each step, with what it has seen.
  package var description: String {
    steps.map { step in
      let seen = step.seen.map(String.init).joined(separator: ",")
      return seen.isEmpty ? "\(step.stream)" : "\(step.stream)(\(seen))"
    }.joined(separator: " ")
  }

  /// Whether the author of the second step had seen the first.
  package func precedes(_ first: Int, _ second: Int) -> Bool {
    steps[second].seen.contains(first)
  }

  /// Every order of the steps in which whatever an author had seen comes first.
  package var linearExtensions: [[Int]] {
    Orders.linearExtensions(steps.count, precedes: precedes)
  }

  /// The name of the operation of a step.
  package func dot(_ index: Int, naming: Naming = .replicas) -> Dot {
    let stream = steps[index].stream
    let counter = Int64(steps[...index].count { $0.stream == stream })
    return switch naming {
    case .replicas, .onePerson: .of(stream, counter)
    case .fork: .of(0, counter, branch: stream)
    }
  }

  /// The author of a step, by number.
  package func person(_ index: Int, naming: Naming = .replicas) -> Int {
    naming == .replicas ? steps[index].stream : 0
  }

  /// Every history of that many steps by at most that many streams.
  ///
  /// Streams are numbered in the order of their first step, so that no two histories differ in
  /// names alone.
  package static func all(steps: Int, streams: Int) -> [SmallHistory] {
    var histories = [SmallHistory([])]
    for index in 0..<steps {
      histories = histories.flatMap { history -> [SmallHistory] in
        let used = Set(history.steps.map(\.stream)).count
        return (0...min(used, streams - 1)).flatMap { stream in
          Orders.subsets(index).filter { history.canHaveSeen($0, stream: stream) }
            .map { SmallHistory(history.steps + [Step(stream: stream, seen: $0)]) }
        }
      }
    }
    return histories
  }

  private func canHaveSeen(_ seen: [Int], stream: Int) -> Bool {
    let own = steps.indices.filter { steps[$0].stream == stream }
    return own.allSatisfy { seen.contains($0) }
      && seen.allSatisfy { steps[$0].seen.allSatisfy { seen.contains($0) } }
  }
}
