/// The rows of the registry about one type of item that operations make.
///
/// A class because every operation is judged by one, and rows never change.
package final class ItemRule: Sendable {
  /// The type of item.
  package let type: String

  /// The only record that it may be in; `nil` if it may be in any.
  package let within: String?

  /// Who may add one.
  package let adders: Writers

  /// Its fields.
  package let fields: [FieldRule]

  /// Whether this version leaves the type to a later one.
  package let isReserved: Bool

  /// A type that this version interprets.
  package init(_ type: String, within: String?, adder: Writer, fields: [FieldRule]) {
    self.type = type
    self.within = within
    adders = Writers([adder])
    self.fields = fields
    isReserved = false
  }

  /// A type that is kept for a later version.
  package init(reserved type: String) {
    self.type = type
    within = nil
    adders = Writers([.member])
    fields = []
    isReserved = true
  }

  /// The row of a field.
  package func field(_ name: String) -> FieldRule? { fields.row(of: name) }
}
