/// A failure inside ``withEvery(_:in:body:)``, with the combination of cases that led there.
package struct LabelledFailure: Error, CustomStringConvertible {
  /// `label = case` for each level, outermost first.
  package let labels: [String]

  /// What failed.
  package let cause: any Error

  /// The combination, then the cause.
  package var description: String { "\(labels.joined(separator: ", ")): \(cause)" }
}
