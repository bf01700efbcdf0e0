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
