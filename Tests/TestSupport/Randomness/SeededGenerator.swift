/// Chance that repeats: the same seed gives the same numbers on every machine and in every version.
///
/// This is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// 2014). What is drawn from it is computed here too, because the standard library promises no
/// particular sequence for `shuffled(using:)` and its kin.
package struct SeededGenerator: RandomNumberGenerator, Hashable, Sendable {
  /// What it started from; print it wherever a test fails.
  package let seed: UInt64

  private var state: UInt64

  /// Starts from a seed.
  package init(seed: UInt64) {
    self.seed = seed
    state = seed
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension SeededGenerator {
  /// A whole number from 0, below the bound.
  ///
  /// - Precondition: The bound is at least 1.
  package mutating func below(_ bound: Int) -> Int {
    precondition(bound >= 1, "nothing can be drawn below \(bound)")
    return Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A whole number of the range, both ends included.
  package mutating func int(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// True in `count` of `total` cases.
  package mutating func chance(_ count: Int, in total: Int) -> Bool { below(total) < count }

  /// One of the elements.
  ///
  /// - Precondition: There is one.
  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  /// The elements in another order, each order as likely.
  package mutating func shuffle<Element>(_ elements: [Element]) -> [Element] {
    var shuffled = elements
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      shuffled.swapAt(last, below(last + 1))
    }
    return shuffled
  }

  /// Some of the elements, in their order; each is in or out as a coin falls.
  package mutating func subset<Element>(_ elements: [Element]) -> [Element] {
    elements.filter { _ in chance(1, in: 2) }
  }

  /// The elements in another order, some of them more than once, as a bad link delivers them.
  package mutating func repeated<Element>(_ elements: [Element]) -> [Element] {
    shuffle(elements + subset(elements))
  }
}
