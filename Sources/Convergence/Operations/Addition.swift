/// A new item and its first fields.
public struct Addition: Hashable, Sendable {
  /// One field given when the item is made.
  public struct Field: Hashable, Sendable {
    /// Which value.
    public let name: String

    /// Which slot; empty where absent.
    public let slot: String

    /// What is written.
    public let value: Value

    /// Describes a field.
    public init(name: String, slot: String = "", value: Value) {
      self.name = name
      self.slot = slot
      self.value = value
    }
  }

  /// What kind of item.
  public let type: String

  /// The record it belongs to, if any.
  public let within: RecordID?

  /// The item it answers, if any.
  public let replyTo: Dot?

  /// Its first fields.
  public let fields: [Field]

  /// Describes an addition.
  public init(
    type: String,
    within: RecordID? = nil,
    replyTo: Dot? = nil,
    fields: [Field] = []
  ) {
    self.type = type
    self.within = within
    self.replyTo = replyTo
    self.fields = fields
  }
}
