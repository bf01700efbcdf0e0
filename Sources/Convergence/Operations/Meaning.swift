/// What operations mean, passed in as a value to whatever merges them.
///
/// The half that syncs does not know what an assessment is. It hands each operation to a meaning,
/// which answers from the operation, the authority and the items it names, and from nothing else:
/// no clock, no other cell. So machines that hold the same operations derive the same state.
public struct Meaning: Sendable {
  /// What an operation is judged by.
  public struct Context: Sendable {
    /// What the server's own operations say.
    public let authority: Authority

    /// The items that the operation names and that exist with effect.
    public let items: [Item]

    /// Gathers what an operation is judged by.
    public init(authority: Authority, items: [Item]) {
      self.authority = authority
      self.items = items
    }

    /// The item of a name, or `nil` if it does not exist with effect.
    public func item(_ dot: Dot) -> Item? { items.first { $0.dot == dot } }
  }

  /// The model version that these rules are; visits pin one.
  public let version: Int64

  /// Judges one operation.
  public let effect: @Sendable (Operation, Context) -> Effect

  /// Makes a meaning of a rule.
  public init(version: Int64, effect: @escaping @Sendable (Operation, Context) -> Effect) {
    self.version = version
    self.effect = effect
  }
}

extension Meaning {
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
    var items: [Item] = []
    for dot in operation.namedItems where !items.contains(where: { $0.dot == dot }) {
      let existence = try table.cell(for: Item.existenceKey(of: dot))
      if let item = Item(dot: dot, existence: existence) {
        items.append(item)
      }
    }
    switch operation.action {
    case .uninterpreted:
      return .uninterpreted
    case .inert(let reason):
      return .inert(reason)
    case .set, .add:
      break
    }
    let effect = effect(operation, Context(authority: authority, items: items))
    if effect == .effective {
      try write(operation, to: &table)
    }
    return effect
  }

  private func write<Table: CellTable>(
    _ operation: Operation,
    to table: inout Table
  ) throws(Table.Failure) {
    switch operation.action {
    case .set(let assignment):
      let key = assignment.key
      var cell = try table.cell(for: key)
      cell.write(Sibling(operation, value: assignment.value), over: assignment.over)
      try table.replace(cell, for: key)
    case .add(let addition):
      let item = Item(
        dot: operation.dot,
        type: addition.type,
        author: operation.person,
        within: addition.within,
        replyTo: addition.replyTo
      )
      try table.replace(
        Cell(siblings: [Sibling(operation, value: item.existence)]),
        for: Item.existenceKey(of: operation.dot)
      )
      for field in addition.fields {
        let key = CellKey(.item(operation.dot), field.name, slot: field.slot)
        try table.replace(Cell(siblings: [Sibling(operation, value: field.value)]), for: key)
      }
    case .uninterpreted, .inert:
      break
    }
  }
}

extension Operation {
  /// The items that the operation is about, in, at or in answer to.
  package var namedItems: [Dot] {
    var records: [RecordID?] = []
    switch action {
    case .set(let assignment):
      records = [assignment.record, assignment.location.map { .item($0) }]
    case .add(let addition):
      records = [addition.within, addition.replyTo.map { .item($0) }]
    case .uninterpreted, .inert:
      break
    }
    return records.compactMap { record in
      guard case .item(let dot) = record else { return nil }
      return dot
    }
  }
}
