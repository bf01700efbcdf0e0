/// Something a failure prints as Swift source, to paste into a test.
package protocol Pasteable {
  /// The source of an expression that makes this value.
  var source: String { get }
}
