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

  /// The cell it writes; made once, since merging asks for it every time.
  public let key: CellKey

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
    key = CellKey(record, field, slot: slot, location: location)
  }
}
