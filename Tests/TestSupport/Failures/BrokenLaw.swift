/// What a check found wrong, in a sentence.
package struct BrokenLaw: Error, Hashable, CustomStringConvertible {
  /// The sentence, with the values that broke the law.
  package let description: String

  /// Describes what is wrong.
  package init(_ description: String) { self.description = description }
}

/// Throws unless the condition holds.
///
/// Generated tests use this and not `#expect`, because shrinking must be able to try a case and see
/// that it fails without reporting it.
package func demand(
  _ condition: Bool,
  _ law: @autoclosure () -> String
) throws(BrokenLaw) {
  guard condition else { throw BrokenLaw(law()) }
}

/// Throws unless both are equal; the sentence shows both.
package func demandEqual<Value: Equatable>(
  _ left: Value,
  _ right: Value,
  _ law: @autoclosure () -> String
) throws(BrokenLaw) {
  guard left != right else { return }
  throw BrokenLaw("\(law())\n    left:  \(left)\n    right: \(right)")
}
