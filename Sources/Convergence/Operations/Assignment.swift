/// A value written to one cell over the values that its author saw there.
///
/// A class because it is handed on at every step of merging and never changes.
public final class Assignment: Hashable, Sendable, CustomStringConvertible {
  /// The cell it writes, made once: whoever judges and whoever writes asks for it.
  public let key: CellKey

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
    key = CellKey(record, field, slot: slot, location: location)
    self.value = value
    self.over = over
  }

  /// What it is about.
  public var record: RecordID { key.record }

  /// Which of its values.
  public var field: String { key.field }

  /// Whose or which; empty where absent.
  public var slot: String { key.slot }

  /// The location item it speaks of.
  public var location: Dot? { key.location }

  /// The key, what is written there and what it is written over, for whoever looks for a fault.
  public var description: String { "\(key) = \(value) over \(over)" }

  /// Whether two assignments write the same to the same cell over the same.
  public static func == (left: Assignment, right: Assignment) -> Bool {
    left.key == right.key && left.value == right.value && left.over == right.over
  }

  /// Feeds everything that makes two assignments differ.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(value)
    hasher.combine(over)
  }
}
