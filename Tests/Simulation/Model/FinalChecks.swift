import Convergence
import OperationStore
import SyncProtocol
import TestSupport

/// What has to hold when a simulated visit is over and everybody has everything.
///
/// Each check throws a ``BrokenLaw`` with a sentence that names the visit, the store and the
/// operation. None of them takes a store's word for anything that follows from bytes.
package enum FinalChecks {
  /// The values that stand in two readings of one visit, cell by cell.
  ///
  /// - Parameters:
  ///   - expected: The cells that should be there.
  ///   - found: The cells that are.
  ///   - what: Whose they are, for the sentence.
  /// - Throws: ``BrokenLaw``.
  static func cellsEqual(
    _ expected: [CellKey: [ModelSibling]],
    _ found: [CellKey: [ModelSibling]],
    _ what: String
  ) throws(BrokenLaw) {
    for key in Set(expected.keys).union(found.keys).sorted() {
      let (wanted, standing) = (expected[key] ?? [], found[key] ?? [])
      for sibling in wanted where !standing.contains(where: { $0.dot == sibling.dot }) {
        throw BrokenLaw("\(what): cell \(key) lacks the value of \(sibling)")
      }
      for sibling in standing where !wanted.contains(where: { $0.dot == sibling.dot }) {
        throw BrokenLaw("\(what): cell \(key) shows a value that should not stand: \(sibling)")
      }
      for (left, right) in zip(wanted, standing) where !isSame(left, right) {
        throw BrokenLaw("\(what): cell \(key) should show \(left), and shows \(right)")
      }
      try demand(wanted.count == standing.count, "\(what): cell \(key) shows a value twice")
    }
  }

  /// Equal in every byte: text is compared as it is written, not as it looks.
  private static func isSame(_ left: ModelSibling, _ right: ModelSibling) -> Bool {
    left == right && left.value.canonical == right.value.canonical
  }

  /// The cells of a store as the model writes them: without marks and without empty cells.
  static func cells(of cells: MemoryCells) -> [CellKey: [ModelSibling]] {
    cells.cells.filter { !$0.key.isMark && !$0.value.isEmpty }.mapValues { cell in
      cell.siblings.map {
        ModelSibling(
          dot: $0.dot,
          person: $0.person,
          clock: $0.clock,
          value: $0.value,
          cites: $0.cites
        )
      }
    }
  }
}
