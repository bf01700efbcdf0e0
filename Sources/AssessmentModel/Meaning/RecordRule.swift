import Convergence

/// The rows of the registry about one type of record that the framework or the visit names.
///
/// A class because every operation is judged by one, and rows never change.
package final class RecordRule: Sendable {
  /// The part of the record's name before the colon.
  package let type: String

  /// Whether a colon and an ID follow.
  package let hasID: Bool

  /// Its fields.
  package let fields: [FieldRule]

  private let prefix: String

  /// Gathers the rows of a type.
  package init(type: String, hasID: Bool, fields: [FieldRule]) {
    self.type = type
    self.hasID = hasID
    self.fields = fields
    prefix = hasID ? type + ":" : type
  }

  /// Whether a record of this name is of the type.
  package func matches(_ name: String) -> Bool {
    hasID ? name.hasPrefix(prefix) : name.isSame(as: type)
  }

  /// The row of a field.
  package func field(_ name: String) -> FieldRule? { fields.row(of: name) }
}

extension [FieldRule] {
  /// The row of a field.
  func row(of name: String) -> FieldRule? {
    for index in indices where self[index].name.isSame(as: name) {
      return self[index]
    }
    return nil
  }
}
