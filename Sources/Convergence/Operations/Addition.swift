/// A new item and its first fields.
///
/// A class because it is handed on at every step of merging and never changes.
public final class Addition: Hashable, Sendable, CustomStringConvertible {
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

  /// The type, where it belongs and its first fields, for whoever looks for a fault.
  public var description: String {
    let place = within.map { " in \($0)" } ?? ""
    let question = replyTo.map { " in answer to #\($0)" } ?? ""
    return "\(type)\(place)\(question): \(fields)"
  }

  /// Whether two additions make the same item with the same fields.
  public static func == (left: Addition, right: Addition) -> Bool {
    left.type == right.type && left.within == right.within && left.replyTo == right.replyTo
      && left.fields == right.fields
  }

  /// Feeds everything that makes two additions differ.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(type)
    hasher.combine(within)
    hasher.combine(replyTo)
    hasher.combine(fields)
  }
}
