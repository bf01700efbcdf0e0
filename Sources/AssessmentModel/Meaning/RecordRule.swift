/// The rows of the registry about one type of record that the framework or the visit names.
package struct RecordRule: Hashable, Sendable {
  /// The part of the record's name before the colon.
  package let type: String

  /// Whether a colon and an ID follow.
  package let hasID: Bool

  /// Its fields.
  package let fields: [FieldRule]

  /// The row of a field.
  package func field(_ name: String) -> FieldRule? { fields.first { $0.name == name } }
}
