import Convergence

extension Meaning {
  /// Judges an operation, and writes its cells where it takes effect; increments, corrections and
  /// insertions included.
  ///
  /// Those are kinds that the protocol knows and model 1 has no field for. So they are judged by
  /// what they are about: a field that is left to a later version leaves them to it as well, and
  /// any other field does not take them.
  ///
  /// - Parameters:
  ///   - operation: The operation.
  ///   - target: What an increment, correction or insertion is about; `nil` for every other kind.
  ///   - author: The author, with what the authority says.
  ///   - table: The state.
  /// - Returns: What the operation does.
  /// - Throws: What the table throws.
  func settle<Table: CellTable>(
    _ operation: Operation,
    about target: Assignment?,
    by author: Author,
    to table: inout Table
  ) throws(Table.Failure) -> Effect {
    guard let target else {
      return try apply(operation, by: author, to: &table)
    }
    let standIn = Operation(
      dot: operation.dot,
      person: operation.person,
      clock: operation.clock,
      action: .set(target)
    )
    // What the stand-in would write is for nobody: it sees the items it names and nothing else.
    var seen = MemoryCells()
    for dot in standIn.namedItems {
      for key in [Item.existenceKey(of: dot), CellKey(.item(dot), CellKey.uninterpreted)] {
        seen.replace(try table.cell(for: key), for: key)
      }
    }
    switch apply(standIn, by: author, to: &seen) {
    case .held: return .held
    case .inert(.record): return .inert(.record)
    case .uninterpreted:
      return try apply(operation, by: author, to: &table)
    case .inert, .effective: return .inert(.field)
    }
  }
}
