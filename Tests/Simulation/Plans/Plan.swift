import TestSupport

/// Everything that decides a run: the same plan gives the same run, byte for byte.
package struct Plan: Hashable, Sendable {
  /// Where keys, names and chance start from.
  package let seed: UInt64

  /// How large the world is.
  package let size: Size

  /// How often the links and clocks go wrong.
  package let weights: FaultWeights

  /// What is done, in the order of time.
  package var steps: [Step]

  /// A plan as it is given, such as a regression's.
  package init(seed: UInt64, size: Size, weights: FaultWeights = .none, steps: [Step]) {
    self.seed = seed
    self.size = size
    self.weights = weights
    self.steps = steps
  }

  /// The plan as Swift, to paste into `Tests/SimulationTests/Regressions`.
  package var source: String {
    let listed = weights.listed.map { ".\(Self.name($0.fault)): \($0.perThousand)" }
    let weights = listed.isEmpty ? ":" : listed.joined(separator: ", ")
    return """
      Plan(
        seed: \(seed),
        size: Size(
          servers: \(size.servers), visits: \(size.visits), devices: \(size.devices),
          hours: \(size.hours), disk: .\(size.disk.rawValue)
        ),
        weights: FaultWeights([\(weights)]),
        steps: [
      \(steps.map { "    \($0.source),\n" }.joined())  ]
      )
      """
  }

  private static func name(_ fault: Fault) -> String {
    let parts = fault.rawValue.split(separator: "-")
    let rest = parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return String(parts[0]) + rest.joined()
  }
}
