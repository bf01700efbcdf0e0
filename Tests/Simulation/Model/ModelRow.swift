import Convergence

/// A row of section 5: who writes a field, with which slot, and which values it takes.
struct ModelRow: Sendable {
  /// What the slot of a field names.
  enum Slot: Sendable {
    case none
    case identifier
    case standard

    /// Whether a slot stands where one belongs, in its form.
    func allows(_ slot: String) -> Bool {
      switch self {
      case .none: slot.isEmpty
      case .identifier: slot.utf8.count == 22 && Text64.decode(slot)?.count == 16
      case .standard: ModelReader.isID(slot)
      }
    }
  }

  let writers: [ModelWriter]
  let slot: Slot
  let takesLocation: Bool

  /// Whether a value is one of the field; `nil` for a row that model 1 does not interpret.
  let allows: (@Sendable (Value) -> Bool)?

  /// A row of model 1.
  init(
    _ writers: ModelWriter...,
    slot: Slot = .none,
    location: Bool = false,
    value: @escaping @Sendable (Value) -> Bool
  ) {
    self.writers = writers
    self.slot = slot
    takesLocation = location
    allows = value
  }

  private init() {
    writers = []
    slot = .none
    takesLocation = false
    allows = nil
  }

  /// Rows that are left to a later version.
  static func reserved(_ names: String...) -> [String: ModelRow] {
    Dictionary(uniqueKeysWithValues: names.map { ($0, ModelRow()) })
  }
}
