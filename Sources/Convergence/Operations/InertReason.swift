/// Why an operation has no effect.
public enum InertReason: String, Hashable, Sendable, CaseIterable {
  /// A member is missing or of the wrong type.
  case shape

  /// A reference leads outside the author's past, or nowhere.
  case reference

  /// No such record, or not one of the right type.
  case record

  /// The record has no such field, or not with that slot or location.
  case field

  /// The field does not take such a value.
  case value

  /// The slot belongs to somebody else.
  case slot

  /// The author's role does not allow it.
  case role

  /// Only the author of the item may do this.
  case author
}
