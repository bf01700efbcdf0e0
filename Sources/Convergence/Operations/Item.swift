/// What is known of an item that an operation made.
public struct Item: Hashable, Sendable {
  /// The operation that made it, and its name.
  public let dot: Dot

  /// What kind of item.
  public let type: String

  /// Who made it.
  public let author: PersonID

  /// The record it belongs to, if any.
  public let within: RecordID?

  /// The item it answers, if any.
  public let replyTo: Dot?

  /// Describes an item.
  public init(
    dot: Dot,
    type: String,
    author: PersonID,
    within: RecordID? = nil,
    replyTo: Dot? = nil
  ) {
    self.dot = dot
    self.type = type
    self.author = author
    self.within = within
    self.replyTo = replyTo
  }

  /// The cell that says that the item exists.
  public static func existenceKey(of dot: Dot) -> CellKey {
    CellKey(.item(dot), CellKey.existence)
  }

  /// Reads the cell that says that the item exists; `nil` if it does not.
  public init?(dot: Dot, existence: Cell) {
    guard let sibling = existence.siblings.first, let type = sibling.value["of"]?.string else {
      return nil
    }
    self.init(
      dot: dot,
      type: type,
      author: sibling.person,
      within: sibling.value["in"]?.string.flatMap { RecordID(text: $0) },
      replyTo: sibling.value["re"]?.string.flatMap { Dot(text: $0.dropFirst()) }
    )
  }

  /// The value of the cell that says that the item exists.
  public var existence: Value {
    var members: [Value.Map.Member] = []
    members.reserveCapacity(3)
    if let within { members.append(.init(key: "in", value: .string(within.description))) }
    members.append(.init(key: "of", value: .string(type)))
    if let replyTo { members.append(.init(key: "re", value: .string("#\(replyTo)"))) }
    return .map(Value.Map(sorted: members))
  }
}
