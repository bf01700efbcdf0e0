import Convergence

/// One row of the registry: a field of a record, who writes it, where, and what it takes.
///
/// A class because every operation is judged by one, and rows never change.
package final class FieldRule: Sendable {
  /// What the slot of a field names.
  package enum Slot: Hashable, Sendable {
    /// The field is one cell.
    case none

    /// A person.
    case person

    /// A replica.
    case replica

    /// A standard.
    case standard

    /// Whether a slot is given where one belongs, in the right form.
    package func allows(_ slot: String) -> Bool {
      switch self {
      case .none: slot.isEmpty
      case .person: PersonID(text: slot) != nil
      case .replica: ReplicaID(text: slot) != nil
      case .standard: RecordID.isID(slot)
      }
    }
  }

  /// The name of the field.
  package let name: String

  /// Who may write it: any of these.
  package let writers: Writers

  /// What its slot names.
  package let slot: Slot

  /// Whether it may speak of a location.
  package let takesLocation: Bool

  /// What it takes; `nil` for a reserved row, which this version does not interpret.
  package let value: ValueRule?

  /// A row that this version interprets.
  package init(
    _ name: String,
    _ writers: Writer...,
    slot: Slot = .none,
    takesLocation: Bool = false,
    value: ValueRule
  ) {
    self.name = name
    self.writers = Writers(writers)
    self.slot = slot
    self.takesLocation = takesLocation
    self.value = value
  }

  /// A row that is kept for a later version.
  package static func reserved(_ name: String) -> FieldRule { FieldRule(reserved: name) }

  private init(reserved name: String) {
    self.name = name
    writers = Writers([])
    slot = .none
    takesLocation = false
    value = nil
  }

  /// Whether this version leaves the row to a later one.
  package var isReserved: Bool { value == nil }
}
