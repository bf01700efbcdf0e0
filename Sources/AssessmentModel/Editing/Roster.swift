public import Convergence

/// Makes the operations of a server's own replica that change who is on a visit.
public struct Roster: Sendable {
  /// What a server held of one replica when it drew a line: everything up to a counter.
  public struct CutEntry: Hashable, Sendable {
    /// The replica.
    public let replica: ReplicaID

    /// The last counter held of it, at least 1.
    public let lastCounter: Int64

    /// The first 16 bytes of the hash of the batch that holds it.
    public let hashPrefix: Bits128

    /// Draws the line for one replica.
    public init(replica: ReplicaID, lastCounter: Int64, hashPrefix: Bits128) {
      self.replica = replica
      self.lastCounter = lastCounter
      self.hashPrefix = hashPrefix
    }

    fileprivate var value: Value {
      .list([
        .string(replica.text), .int(lastCounter), .string(Text64.encode(hashPrefix.bytes)),
      ])
    }
  }

  /// The state of the visit.
  public let cells: MemoryCells

  /// Prepares changes to a visit.
  public init(cells: MemoryCells) { self.cells = cells }

  /// Puts a person on the visit, or gives them another role or name.
  ///
  /// The role holds for everything that the person wrote, before and after.
  ///
  /// - Throws: ``EditError`` if the name is empty or too long.
  public func put(
    _ person: PersonID,
    as role: Role,
    name: String
  ) throws(EditError) -> Draft {
    let name = try EditText.checked(name, "name")
    return try set(
      .visit,
      "member",
      slot: person.text,
      to: .members(("role", .string(role.rawValue)), ("name", .string(name)))
    )
  }

  /// Takes a person off the visit.
  ///
  /// What the cut includes stands; anything else of theirs is held until a person releases it. The
  /// name stays, for what stands.
  ///
  /// - Throws: ``EditError`` if the person is not on the visit.
  public func remove(_ person: PersonID, cut: [CutEntry]) throws(EditError) -> Draft {
    let cell = cells[CellKey(.visit, "member", slot: person.text)]
    guard !cell.isEmpty else {
      throw EditError(.unknownItem, "That person is not on the visit.")
    }
    let name = cell.siblings.lazy.compactMap { $0.value["name"]?.string }.first
    return try set(
      .visit,
      "member",
      slot: person.text,
      to: .members(
        ("role", .string("none")),
        ("name", name.map(Value.string)),
        ("cut", Self.value(cut))
      )
    )
  }

  /// Revokes a replica, such as a stolen device.
  ///
  /// What the cut includes stands; anything else that it wrote is held until a person releases it.
  ///
  /// - Throws: ``EditError`` if no reason is given.
  public func revoke(
    _ replica: ReplicaID,
    cut: [CutEntry],
    because: String
  ) throws(EditError) -> Draft {
    let because = try EditText.checked(because, "reason")
    return try set(
      .visit,
      "revoked",
      slot: replica.text,
      to: .members(("cut", Self.value(cut)), ("because", .string(because)))
    )
  }

  /// Gives the visit another title.
  ///
  /// - Throws: ``EditError`` if it is empty or too long.
  public func setTitle(_ title: String) throws(EditError) -> Draft {
    try set(.visit, "title", to: .string(try EditText.checked(title, "title")))
  }

  /// Names the service.
  ///
  /// - Throws: ``EditError`` if the name is empty or too long.
  public func setServiceName(_ name: String) throws(EditError) -> Draft {
    try set(.service, "name", to: .string(try EditText.checked(name, "name")))
  }

  /// Writes a value over everything that stands in its cell.
  func set(
    _ record: RecordID,
    _ field: String,
    slot: String = "",
    to value: Value
  ) throws(EditError) -> Draft {
    try Editor(cells: cells, me: .authority, framework: nil)
      .set(record, field, slot: slot, to: value)
  }

  private static func value(_ cut: [CutEntry]) -> Value {
    .list(cut.sorted { $0.replica < $1.replica }.map(\.value))
  }
}
