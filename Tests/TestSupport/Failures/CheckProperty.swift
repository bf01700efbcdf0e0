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
