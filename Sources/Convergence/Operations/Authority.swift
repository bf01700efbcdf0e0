/// What the server's own operations say about a visit: who is on it in which role, what it pins,
/// what was removed.
///
/// Whether an operation takes effect depends on these, wherever they stand in the log, so they are
/// gathered before anything else is judged.
public struct Authority: Hashable, Sendable {
  /// The cells that authority operations wrote, alone.
  public private(set) var cells: [CellKey: Cell]

  /// What every write named as written over, and what it wrote: who was removed keeps, for what was
  /// written before, the role that the removal wrote over.
  private var replaced: [Dot: [Dot]]
  private var written: [Dot: Written]

  /// What a write put where.
  private struct Written: Hashable {
    let key: CellKey
    let sibling: Sibling
  }

  /// Nothing said yet.
  public init() {
    cells = [:]
    replaced = [:]
    written = [:]
  }

  /// The cell of a key as the authority wrote it; empty if it did not.
  public subscript(key: CellKey) -> Cell { cells[key] ?? Cell() }

  /// The values that a write replaced in its own cell, sorted; what else it names is none of its
  /// business.
  public func values(replacedBy dot: Dot) -> [Sibling] {
    guard let key = written[dot]?.key else { return [] }
    return (replaced[dot] ?? []).compactMap { written[$0] }.filter { $0.key == key }
      .map(\.sibling).sorted()
  }

  /// Takes one operation in; those of anybody else, and all but assignments, say nothing here.
  ///
  /// - Returns: Whether anything changed, so that effects must be judged again.
  @discardableResult
  public mutating func absorb(_ operation: Operation) -> Bool {
    guard operation.person == .authority, case .set(let assignment) = operation.action else {
      return false
    }
    var cell = self[assignment.key]
    let sibling = Sibling(operation, value: assignment.value)
    cell.write(sibling, over: assignment.over)
    replaced[operation.dot] = assignment.over
    written[operation.dot] = Written(key: assignment.key, sibling: sibling)
    guard cells[assignment.key] != cell else { return false }
    cells[assignment.key] = cell
    return true
  }
}

extension Sibling {
  /// The sibling that an operation writes.
  package init(_ operation: Operation, value: Value) {
    self.init(
      dot: operation.dot,
      person: operation.person,
      clock: operation.clock,
      value: value,
      cites: operation.cites
    )
  }
}
