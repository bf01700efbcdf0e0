/// A generated case that broke a property: its seed, and the smallest part of it that still does.
package struct Counterexample: Error, CustomStringConvertible {
  /// The seed that led there.
  package let seed: UInt64

  /// What the smallest case breaks.
  package let reason: String

  /// How many steps the generated case had.
  package let originalCount: Int

  /// The steps that are left, each as Swift source.
  package let steps: [String]

  /// The seed, the reason, and source to paste into a regression test.
  package var description: String {
    let list = steps.map { "    \($0),\n" }.joined()
    return """
      seed \(seed): \(reason)
        shrunk from \(originalCount) to \(steps.count) steps:
        [
      \(list)  ]
        again with FIELDBOOK_SEED=\(seed)
      """
  }
}

/// Something a failure prints as Swift source, to paste into a test.
package protocol Pasteable {
  /// The source of an expression that makes this value.
  var source: String { get }
}

/// Runs a property over generated lists of steps, and shrinks the first list that breaks it.
///
/// - Parameters:
///   - seeds: Which seeds to run.
///   - generate: Makes a case from chance.
///   - property: Throws if the steps break it. It must do the same for the same steps.
/// - Throws: The first failing case, shrunk.
package func checkProperty<Step: Pasteable>(
  seeds: some Sequence<UInt64> = Seeds.all,
  generate: (inout SeededGenerator) -> [Step],
  property: ([Step]) throws -> Void
) throws(Counterexample) {
  for seed in seeds {
    var random = SeededGenerator(seed: seed)
    let steps = generate(&random)
    guard breaks(property, steps) != nil else { continue }
    let smallest = shrunk(steps) { breaks(property, $0) != nil }
    throw Counterexample(
      seed: seed,
      reason: breaks(property, smallest)
        ?? "fails, but not again: it depends on more than its steps",
      originalCount: steps.count,
      steps: smallest.map(\.source)
    )
  }
}

/// Runs a test that needs chance and no list of steps, once a seed; failures name the seed.
///
/// - Throws: The first failure.
package func forEachSeed(
  _ seeds: some Sequence<UInt64> = Seeds.all,
  body: (inout SeededGenerator) throws -> Void
) throws(LabelledFailure) {
  try withEvery("seed", in: seeds) { seed in
    var random = SeededGenerator(seed: seed)
    try body(&random)
  }
}

private func breaks<Step>(_ property: ([Step]) throws -> Void, _ steps: [Step]) -> String? {
  do {
    try property(steps)
    return nil
  } catch {
    return String(describing: error)
  }
}
