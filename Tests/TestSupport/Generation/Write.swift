package import Convergence

/// One write to one cell, as a machine receives it.
package struct Write: Hashable, Sendable, Pasteable, CustomStringConvertible {
  /// What it writes.
  package let sibling: Sibling

  /// The dots it removes.
  package let over: [Dot]

  /// Describes a write of the ``Cast``'s person of that number.
  package init(
    _ dot: Dot,
    by person: Int = 0,
    clock: Int64 = 0,
    _ value: Value = .bool(true),
    over: [Dot] = []
  ) {
    sibling = Sibling(dot: dot, person: Cast.person(person), clock: clock, value: value)
    self.over = over
  }

  /// An expression that makes this write again.
  package var source: String {
    let person = Cast.people.firstIndex(of: sibling.person) ?? 0
    let dots = over.map(\.source).joined(separator: ", ")
    return "Write(\(sibling.dot.source), by: \(person), clock: \(sibling.clock), "
      + "\(sibling.value.source), over: [\(dots)])"
  }

  /// The same as ``source``.
  package var description: String { source }

  /// The slow obvious model of a cell: the writes whose dot is in nobody's `over`, once each, by
  /// (person, replica, counter, branch) as bytes.
  package static func survivors(of writes: some Sequence<Write>) -> [Sibling] {
    var removed: Set<Dot> = []
    for write in writes {
      for dot in write.over where dot != write.sibling.dot { removed.insert(dot) }
    }
    let standing = Set(writes.map(\.sibling)).filter { !removed.contains($0.dot) }
    return standing.sorted { sortKey($0).lexicographicallyPrecedes(sortKey($1)) }
  }

  private static func sortKey(_ sibling: Sibling) -> [UInt8] {
    let dot = sibling.dot
    let halves = [UInt64(bitPattern: dot.counter), dot.branch.name]
    return sibling.person.bits.bytes + dot.replica.bits.bytes
      + halves.flatMap { half in
        stride(from: UInt64(56), through: 0, by: -8).map { UInt8(half >> $0 & 0xFF) }
      }
  }
}

extension Cell {
  /// The cell of a machine that received these writes in this order.
  package init(receiving writes: some Sequence<Write>) {
    self.init()
    for write in writes {
      self.write(write.sibling, over: write.over)
    }
  }
}
