/// Runs the body with every element; what it throws comes back labelled with the element.
///
/// Nest calls to run through every combination: a failure names all of them.
///
/// - Throws: The first failure.
package func withEvery<Element>(
  _ label: String,
  in elements: some Sequence<Element>,
  body: (Element) throws -> Void
) throws(LabelledFailure) {
  for element in elements {
    do {
      try body(element)
    } catch let failure as LabelledFailure {
      throw LabelledFailure(
        labels: ["\(label) = \(element)"] + failure.labels,
        cause: failure.cause
      )
    } catch {
      throw LabelledFailure(labels: ["\(label) = \(element)"], cause: error)
    }
  }
}
