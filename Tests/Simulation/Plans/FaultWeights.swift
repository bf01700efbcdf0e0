import TestSupport

/// How often each fault happens in one run.
///
/// They are drawn before the run: half of the faults stay out of it altogether, so that a run shows
/// a few of them often instead of all of them rarely (Groce et al., "Swarm testing", ISSTA 2012).
package struct FaultWeights: Hashable, Sendable {
  /// Chances in a thousand, by fault; a fault that is absent does not happen.
  package let perThousand: [Fault: Int]

  /// The weights as they are given.
  package init(_ perThousand: [Fault: Int]) { self.perThousand = perThousand }

  /// No fault at all.
  package static let none = FaultWeights([:])

  /// Draws weights for some faults.
  init(of faults: [Fault], using random: inout SeededGenerator) {
    var weights: [Fault: Int] = [:]
    for fault in Fault.allCases where faults.contains(fault) {
      let isIn = random.chance(1, in: 2)
      let weight = random.pick([20, 60, 150, 300])
      if isIn { weights[fault] = weight }
    }
    perThousand = weights
  }

  /// Whether the fault can happen in this run.
  package func has(_ fault: Fault) -> Bool { (perThousand[fault] ?? 0) > 0 }

  /// Whether it happens this time.
  func strikes(_ fault: Fault, _ random: inout SeededGenerator) -> Bool {
    guard let weight = perThousand[fault], weight > 0 else { return false }
    return random.chance(weight, in: 1_000)
  }

  /// The faults of this run with their weights, in the order of ``Fault``.
  package var listed: [(fault: Fault, perThousand: Int)] {
    Fault.allCases.compactMap { fault in
      perThousand[fault].flatMap { $0 > 0 ? (fault, $0) : nil }
    }
  }
}
