package import Convergence

/// A value that stands in a cell: the model's own notion of it.
package struct ModelSibling: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name of the operation that wrote it.
  package let dot: Dot

  /// Who wrote it.
  package let person: PersonID

  /// The clock label.
  package let clock: Int64

  /// What was written.
  package let value: Value

  /// The names of the operations it cites, sorted.
  package let cites: [Dot]

  /// Describes a value that stands.
  package init(dot: Dot, person: PersonID, clock: Int64, value: Value, cites: [Dot]) {
    self.dot = dot
    self.person = person
    self.clock = clock
    self.value = value
    self.cites = cites
  }

  /// One line for people.
  package var description: String {
    let cited = cites.isEmpty ? "" : " citing \(cites.map(\.description).joined(separator: " "))"
    return "\(dot) by \(person) at \(clock): "
      + String(decoding: value.canonical, as: UTF8.self) + cited
  }

  /// Orders by (person, replica, counter, branch), section 6.3.
  package static func < (left: ModelSibling, right: ModelSibling) -> Bool {
    left.person == right.person ? left.dot < right.dot : left.person < right.person
  }
}
