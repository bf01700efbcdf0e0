/// Orders in which things can happen or arrive.
package enum Orders {
  /// Every order of 0 to `count` - 1 in which what precedes comes first: the linear extensions of a
  /// partial order, in lexicographic order.
  ///
  /// - Parameters:
  ///   - count: How many there are; there may be `count`! orders, so few.
  ///   - precedes: Whether the first must come before the second; without cycles.
  /// - Returns: The orders, each a list of all the numbers.
  package static func linearExtensions(
    _ count: Int,
    precedes: (Int, Int) -> Bool
  ) -> [[Int]] {
    let everyone = Array(0..<count)
    let before = everyone.map { later in everyone.filter { precedes($0, later) } }
    var orders: [[Int]] = []
    var order: [Int] = []
    func extend() {
      if order.count == count { orders.append(order) }
      for next in everyone where !order.contains(next) {
        guard before[next].allSatisfy({ order.contains($0) }) else { continue }
        order.append(next)
        extend()
        order.removeLast()
      }
    }
    extend()
    return orders
  }

  /// Every order of 0 to `count` - 1.
  package static func permutations(_ count: Int) -> [[Int]] {
    linearExtensions(count) { _, _ in false }
  }

  /// Every way to run several sequences side by side: each of them keeps its order.
  ///
  /// - Parameter lengths: How long each sequence is.
  /// - Returns: For each way, which sequence takes the next step.
  package static func interleavings(of lengths: [Int]) -> [[Int]] {
    if lengths.allSatisfy({ $0 == 0 }) { return [[]] }
    return lengths.indices.filter { lengths[$0] > 0 }.flatMap { first in
      var rest = lengths
      rest[first] -= 1
      return interleavings(of: rest).map { [first] + $0 }
    }
  }

  /// Every subset of 0 to `count` - 1, each ascending.
  package static func subsets(_ count: Int) -> [[Int]] {
    (0..<(1 << count)).map { mask in (0..<count).filter { mask & (1 << $0) != 0 } }
  }

  /// One order by chance in which what precedes comes first; each choice of the next as likely.
  package static func linearExtension(
    _ count: Int,
    using random: inout SeededGenerator,
    precedes: (Int, Int) -> Bool
  ) -> [Int] {
    var order: [Int] = []
    var left = Array(0..<count)
    while !left.isEmpty {
      let ready = left.filter { next in !left.contains { $0 != next && precedes($0, next) } }
      precondition(!ready.isEmpty, "the order has a cycle")
      let next = random.pick(ready)
      order.append(next)
      left.removeAll { $0 == next }
    }
    return order
  }
}
