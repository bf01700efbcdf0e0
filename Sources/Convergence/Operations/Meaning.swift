/// What operations mean, passed in as a value to whatever merges them.
///
/// The half that syncs does not know what an assessment is. It hands each operation to a meaning,
/// which answers from the operation, the authority and the items it names, and from nothing else:
/// no clock, no other cell. So machines that hold the same operations derive the same state.
public struct Meaning: Sendable {
  /// What an operation is judged by.
  public struct Context: Sendable {
    /// The author, with what the authority says.
    public let author: Author

    /// The items that the operation names and that exist with effect.
    public let items: [Item]

    /// The operations that it names and that this version cannot interpret.
    public let uninterpreted: [Dot]

    /// Gathers what an operation is judged by.
    public init(author: Author, items: [Item], uninterpreted: [Dot] = []) {
      self.author = author
      self.items = items
      self.uninterpreted = uninterpreted
    }

    /// What the server's own operations say.
    public var authority: Authority { author.authority }

    /// The item of a name, or `nil` if it does not exist with effect.
    public func item(_ dot: Dot) -> Item? { items.first { $0.dot == dot } }
  }

  /// Who wrote some operations, with what the authority says of them; looked up once a batch.
  ///
  /// A class because it is handed on for every operation and never changes.
  public final class Author: Sendable {
    /// The person.
    public let person: PersonID

    /// The slot that is the person's own.
    public let ownSlot: String

    /// Everything the authority said in the whole set.
    public let authority: Authority

    /// The authority's cells about the author, in the order of ``Meaning/authorKeys``.
    public let cells: [Cell]

    /// What the author may do, in bits that only the meaning reads; `nil` where that is not the same
    /// for everything the author wrote.
    public let rights: UInt8?

    init(
      person: PersonID,
      ownSlot: String,
      authority: Authority,
      cells: [Cell],
      rights: UInt8?
    ) {
      self.person = person
      self.ownSlot = ownSlot
      self.authority = authority
      self.cells = cells
      self.rights = rights
    }
  }

  /// The model version that these rules are; visits pin one.
  public let version: Int64

  /// The cells in which the authority says what an author may do: the person, the slot that is the
  /// person's own, and the replica that is written from.
  public let authorKeys: @Sendable (PersonID, String, ReplicaID) -> [CellKey]

  /// What those cells let an author do, wherever the operation stands; see ``Author/rights``.
  public let authorRights: @Sendable ([Cell]) -> UInt8?

  /// Judges one operation.
  public let effect: @Sendable (Operation, Context) -> Effect

  /// Makes a meaning of a rule.
  ///
  /// - Parameters:
  ///   - version: The model version.
  ///   - authorKeys: The cells in which the authority says what an author may do.
  ///   - authorRights: What those cells let an author do, where it is the same for every operation.
  ///   - effect: The rule.
  public init(
    version: Int64,
    authorKeys: @escaping @Sendable (PersonID, String, ReplicaID) -> [CellKey] = { _, _, _ in [] },
    authorRights: @escaping @Sendable ([Cell]) -> UInt8? = { _ in nil },
    effect: @escaping @Sendable (Operation, Context) -> Effect
  ) {
    self.version = version
    self.authorKeys = authorKeys
    self.authorRights = authorRights
    self.effect = effect
  }
}

extension Meaning {
  /// What the authority says of an author.
  public func author(
    _ person: PersonID,
    _ replica: ReplicaID,
    under authority: Authority
  ) -> Author {
    let ownSlot = person.text
    let cells = authorKeys(person, ownSlot, replica).map { authority[$0] }
    return Author(
      person: person,
      ownSlot: ownSlot,
      authority: authority,
      cells: cells,
      rights: authorRights(cells)
    )
  }

  /// Judges an operation and, where it takes effect, writes its cells.
  ///
  /// Operations come in an order in which whatever an author had seen stands before what they wrote.
  ///
  /// - Parameters:
  ///   - operation: The operation.
  ///   - authority: Everything the authority said in the whole set.
  ///   - table: The state.
  /// - Returns: What the operation does.
  /// - Throws: What the table throws. An assignment wrote nothing then; an addition may be half
  ///   written, so whoever owns the table undoes what it did since the call.
  /// - Complexity: O(siblings of the cells it touches).
  public func apply<Table: CellTable>(
    _ operation: Operation,
    authority: Authority,
    to table: inout Table
  ) throws(Table.Failure) -> Effect {
    let author = author(operation.person, operation.dot.replica, under: authority)
    return try apply(operation, by: author, to: &table)
  }

  /// Judges an operation of an author who was looked up before; otherwise the same.
  ///
  /// - Returns: What the operation does.
  /// - Throws: As ``apply(_:authority:to:)``.
  public func apply<Table: CellTable>(
    _ operation: Operation,
    by author: Author,
    to table: inout Table
  ) throws(Table.Failure) -> Effect {
    switch operation.action {
    case .set(let assignment):
      let context = try context(assignment.key.item, assignment.location, author, &table)
      let effect = effect(operation, context)
      if effect == .effective {
        let sibling = Sibling(operation, value: assignment.value)
        try table.write(sibling, over: assignment.over, for: assignment.key)
        return .effective
      }
      return try noted(effect, of: operation, &table)
    case .add(let addition):
      let context = try context(addition.within?.item, addition.replyTo, author, &table)
      let effect = effect(operation, context)
      if effect == .effective {
        try write(addition, operation, to: &table)
        return .effective
      }
      return try noted(effect, of: operation, &table)
    case .uninterpreted:
      let effect = effect(operation, Context(author: author, items: []))
      return try noted(effect == .held ? .held : .uninterpreted, of: operation, &table)
    case .inert(let reason):
      // What does not read has no effect, whatever a meaning says.
      let effect = effect(operation, Context(author: author, items: []))
      return effect == .held ? .held : .inert(reason)
    }
  }

  /// What an operation is judged by that names at most two items.
  private func context<Table: CellTable>(
    _ first: Dot?,
    _ second: Dot?,
    _ author: Author,
    _ table: inout Table
  ) throws(Table.Failure) -> Context {
    // Most operations name none.
    guard first != nil || second != nil else { return Context(author: author, items: []) }
    var items: [Item] = []
    var uninterpreted: [Dot] = []
    for dot in Operation.items(first, second) {
      let existence = try table.cell(for: Item.existenceKey(of: dot))
      if let item = Item(dot: dot, existence: existence) {
        items.append(item)
      } else if try !table.cell(for: Self.mark(of: dot)).isEmpty {
        uninterpreted.append(dot)
      }
    }
    return Context(author: author, items: items, uninterpreted: uninterpreted)
  }

  /// An effect that is none, with a mark where the operation cannot be interpreted.
  private func noted<Table: CellTable>(
    _ effect: Effect,
    of operation: Operation,
    _ table: inout Table
  ) throws(Table.Failure) -> Effect {
    if effect == .uninterpreted {
      let mark = Sibling(operation, value: .bool(true))
      try table.write(mark, over: [], for: Self.mark(of: operation.dot))
    }
    return effect
  }

  private static func mark(of dot: Dot) -> CellKey {
    CellKey(.item(dot), CellKey.uninterpreted)
  }

  private func write<Table: CellTable>(
    _ addition: Addition,
    _ operation: Operation,
    to table: inout Table
  ) throws(Table.Failure) {
    let item = Item(
      dot: operation.dot,
      type: addition.type,
      author: operation.person,
      within: addition.within,
      replyTo: addition.replyTo
    )
    try table.replace(
      Cell(Sibling(operation, value: item.existence)),
      for: Item.existenceKey(of: operation.dot)
    )
    let fields = addition.fields
    for index in fields.indices {
      let sibling = Sibling(operation, value: fields[index].value)
      let key = CellKey(.item(operation.dot), fields[index].name, slot: fields[index].slot)
      try table.replace(Cell(sibling), for: key)
    }
  }
}

extension Operation {
  /// The items that the operation is about, in, at or in answer to; none twice.
  package var namedItems: [Dot] {
    var first: Dot?
    var second: Dot?
    switch action {
    case .set(let assignment):
      first = assignment.record.item
      second = assignment.location
    case .add(let addition):
      first = addition.within?.item
      second = addition.replyTo
    case .uninterpreted, .inert:
      break
    }
    return Self.items(first, second)
  }

  fileprivate static func items(_ first: Dot?, _ second: Dot?) -> [Dot] {
    switch (first, second) {
    case (nil, nil): return []
    case (let one?, nil), (nil, let one?): return [one]
    case (let one?, let two?): return one == two ? [one] : [one, two]
    }
  }
}

extension RecordID {
  /// The operation that made the item; `nil` for a named record.
  package var item: Dot? {
    guard case .item(let dot) = self else { return nil }
    return dot
  }
}
