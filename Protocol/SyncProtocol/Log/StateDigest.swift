public import Convergence

/// One hash that stands for the state of a visit (section 6.4), equal on every machine that holds
/// the same operations and interprets the same model version.
public enum StateDigest {
  /// An operation that this version cannot interpret, by the batch that holds it.
  public struct Uninterpreted: Hashable, Comparable, Sendable {
    /// The hash of the batch.
    public let batch: Hash256

    /// Its place in the batch, from 0.
    public let index: Int

    /// Names an operation by its place.
    public init(batch: Hash256, index: Int) {
      self.batch = batch
      self.index = index
    }

    /// Orders by hash, then place.
    public static func < (left: Uninterpreted, right: Uninterpreted) -> Bool {
      left.batch == right.batch ? left.index < right.index : left.batch < right.batch
    }
  }

  /// The digest of a state.
  ///
  /// - Complexity: O(*n* log *n*) in the cells.
  public static func hash(
    of cells: MemoryCells,
    uninterpreted: some Sequence<Uninterpreted>
  ) -> Hash256 {
    var lines: [UInt8] = []
    for key in cells.sortedKeys where !key.isMark {
      let cell = cells[key]
      guard !cell.isEmpty else { continue }
      appendLine(key, cell, to: &lines)
    }
    for operation in uninterpreted.sorted() {
      let line = Value.list([
        .string("?"), .string(operation.batch.text), .int(Int64(operation.index)),
      ])
      line.appendCanonical(to: &lines)
      lines.append(UInt8(ascii: "\n"))
    }
    return Hash256(.state, lines)
  }

  private static func appendLine(_ key: CellKey, _ cell: Cell, to lines: inout [UInt8]) {
    let siblings = cell.siblings.map { sibling in
      var parts: [Value] = [
        .string(sibling.dot.replica.text), .int(sibling.dot.counter),
        .string(sibling.dot.branch.description), .string(sibling.person.text),
        .int(sibling.clock), sibling.value,
      ]
      // What a resolution considered decides whether it is stale, so it is state.
      if !sibling.cites.isEmpty {
        parts.append(.list(sibling.cites.map { .string("#\($0)") }))
      }
      return Value.list(parts)
    }
    Value.list([.string(key.text), .list(siblings)]).appendCanonical(to: &lines)
    lines.append(UInt8(ascii: "\n"))
  }
}
