/// A value written to one cell over the values that its author saw there.
public struct Assignment: Hashable, Sendable {
  /// What it is about.
  public let record: RecordID

  /// Which of its values.
  public let field: String

  /// Whose or which; empty where absent.
  public let slot: String

  /// The location item it speaks of.
  public let location: Dot?

  /// What is written.
  public let value: Value

  /// The dots it removes.
  public let over: [Dot]

  /// Describes an assignment.
  public init(
    record: RecordID,
    field: String,
    slot: String = "",
    location: Dot? = nil,
    value: Value,
    over: [Dot] = []
  ) {
    self.record = record
    self.field = field
    self.slot = slot
    self.location = location
    self.value = value
    self.over = over
  }

  /// The cell it writes.
  public var key: CellKey { CellKey(record, field, slot: slot, location: location) }
}
