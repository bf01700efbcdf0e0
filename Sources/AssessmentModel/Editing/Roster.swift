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
  /// Somebody who is new, and a name that changes alone, needs no line: the role holds for everything
  /// that the person wrote. For another role the line is what the server holds: what it includes
  /// keeps the right it had. Somebody who was removed comes back with the line of the removal, so
  /// that what stood stands as it did, and what was held takes effect in the new role.
  ///
  /// - Parameters:
  ///   - person: Who.
  ///   - role: As what.
  ///   - name: The name that others see.
  ///   - cut: What the server holds of the person; `nil` where nobody knows, and then the role holds
  ///     for everything.
  /// - Returns: What to write.
  /// - Throws: ``EditError`` if the name is empty or too long.
  public func put(
    _ person: PersonID,
    as role: Role,
    name: String,
    cut: [CutEntry]? = nil
  ) throws(EditError) -> Draft {
    let name = try EditText.checked(name, "name")
    let siblings = cells[CellKey(.visit, "member", slot: person.text)].siblings
    return try set(
      .visit,
      "member",
      slot: person.text,
      to: .members(
        ("role", .string(role.rawValue)),
        ("name", .string(name)),
        ("cut", cut.flatMap { Self.line(before: role, over: siblings.map(\.value), cut: $0) })
      )
    )
  }

  /// The cut of a change of role; `nil` where none is needed.
  private static func line(before role: Role, over values: [Value], cut: [CutEntry]) -> Value? {
    guard let first = values.first else { return nil }
    if values.count == 1 {
      if first["role"]?.string == "none" { return first["cut"] }
      if first["role"]?.string == role.rawValue, first["cut"] == nil { return nil }
    }
    return cut.isEmpty ? nil : value(cut)
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

  /// Lets held operations of a replica take effect, or says that they are to stay held.
  ///
  /// Each list is everything that a person decided so far, not what is new: it is written over what
  /// stands.
  ///
  /// - Parameters:
  ///   - decision: Which list.
  ///   - batches: First and last counter, and half the hash of the batch that ends with the last.
  ///   - replica: Whose operations.
  ///   - because: Why.
  /// - Returns: What to write.
  /// - Throws: ``EditError`` if no reason is given.
  public func decide(
    _ decision: HoldDecision,
    _ batches: [(first: Int64, last: Int64, hashPrefix: Bits128)],
    of replica: ReplicaID,
    because: String
  ) throws(EditError) -> Draft {
    let because = try EditText.checked(because, "reason")
    let list = batches.map { batch in
      Value.list([
        .int(batch.first), .int(batch.last), .string(Text64.encode(batch.hashPrefix.bytes)),
      ])
    }
    return try set(
      .visit,
      decision.rawValue,
      slot: replica.text,
      to: .members(("batches", .list(list)), ("because", .string(because)))
    )
  }

  /// Says that two people are one human who was enrolled twice; with themselves, that they are not.
  ///
  /// - Throws: ``EditError`` if no reason is given.
  public func join(
    _ person: PersonID,
    with other: PersonID,
    because: String
  ) throws(EditError) -> Draft {
    let because = try EditText.checked(because, "reason")
    return try set(
      .visit,
      "joined",
      slot: person.text,
      to: .members(("with", .string(other.text)), ("because", .string(because)))
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
