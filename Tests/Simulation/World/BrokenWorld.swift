/// The simulator could not do what it set out to: a fault of the simulator, not of what it tests.
package struct BrokenWorld: Error, Hashable, CustomStringConvertible {
  /// What could not be done.
  package let description: String

  /// Describes what could not be done.
  package init(_ description: String) { self.description = description }
}
