package import Convergence

/// The cells of a visit by record, so that reading one record does not look at the others.
package struct CellIndex: Sendable {
  /// One cell with where it stands.
  package struct Entry: Sendable {
    /// Which value.
    package let field: String

    /// Whose, or which; empty where absent.
    package let slot: String

    /// The location item it speaks of.
    package let location: Dot?

    /// What stands there.
    package let cell: Cell
  }

  /// The records that have cells, as bytes sort them.
  package let records: [String]

  private let entries: [String: [Entry]]

  /// Sorts cells; those in which nothing stands are left out.
  ///
  /// - Complexity: O(*n* log *n*).
  package init(_ cells: MemoryCells) { self.init(cells, keys: cells.sortedKeys) }

  /// Sorts the cells of one record alone.
  ///
  /// - Complexity: O(*n*) for *n* cells, and O(*m* log *m*) for the *m* of the record.
  package init(_ cells: MemoryCells, of record: RecordID) {
    self.init(cells, keys: cells.cells.keys.filter { $0.record == record }.sorted())
  }

  private init(_ cells: MemoryCells, keys: [CellKey]) {
    var entries: [String: [Entry]] = [:]
    for key in keys {
      let cell = cells[key]
      guard !cell.isEmpty else { continue }
      entries[key.record.description, default: []].append(
        Entry(field: key.field, slot: key.slot, location: key.location, cell: cell)
      )
    }
    self.entries = entries
    records = entries.keys.sorted()
  }

  /// The cells of a record, by field, slot and location.
  package func entries(of record: RecordID) -> [Entry] { entries["\(record)"] ?? [] }

  /// The cells of one field of a record, by slot and location.
  package func entries(of record: RecordID, _ field: String) -> [Entry] {
    entries(of: record).filter { $0.field == field }
  }

  /// The cell of a field that has neither slot nor location.
  package func cell(_ record: RecordID, _ field: String) -> Cell {
    entries(of: record).first { $0.field == field && $0.slot.isEmpty && $0.location == nil }?.cell
      ?? Cell()
  }

  /// The items that exist, by (replica, counter, branch).
  package var items: [Item] {
    records.compactMap { name in
      guard case .item(let dot) = RecordID(text: name) else { return nil }
      return Item(dot: dot, existence: cell(.item(dot), CellKey.existence))
    }
    .sorted { $0.dot < $1.dot }
  }

  /// What is said of a standard, by place: the whole first, then locations.
  ///
  /// People who were joined have one slot together.
  package func places(
    of record: RecordID,
    joins: Joins = Joins(),
    hasSeen: (_ later: Dot, _ earlier: Dot) -> Bool
  ) -> [PlaceView] {
    let judgements = entries(of: record, "judgement")
    let resolutions = entries(of: record, "resolution")
    let locations = Set((judgements + resolutions).compactMap(\.location)).sorted()
    return ([nil] + locations).map { location in
      let cells = judgements.filter { $0.location == location }.compactMap { entry in
        PersonID(text: entry.slot).map { (person: $0, cell: entry.cell) }
      }
      let slots = Dictionary(grouping: cells) { joins.representative(of: $0.person) }.values.map {
        JudgementSlot($0, joins, hasSeen: hasSeen)
      }
      return PlaceView(
        location: location,
        slots: slots.sorted { $0.person < $1.person },
        resolutions: Versions(
          resolutions.first { $0.location == location }?.cell ?? Cell(),
          Resolution.init
        ),
        hasSeen: hasSeen
      )
    }
  }
}
