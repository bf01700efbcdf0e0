package import Convergence
package import SyncProtocol

/// The state of a visit by the slow way: what it *must* be, given the bytes that exist.
///
/// It follows `Protocol/README.md` and shares no code with the stores beyond reading a line. Every
/// batch has the explicit set of those its author had seen; nothing is merged, nothing is updated,
/// and no order of arrival exists. To be read and believed rather than to be fast: twenty thousand
/// operations take seconds.
package struct ModelVisit: Sendable {
  /// The visit.
  package let visit: VisitID

  /// What stands in each cell, sorted; only cells in which something does.
  package let cells: [CellKey: [ModelSibling]]

  /// What each operation does, by the place where it stands.
  package let effects: [ModelPlace: Effect]

  let log: ModelLog
  let readings: [ModelReader.Reading]
  let names: ModelNames

  /// The places of each operation, by its name.
  private let places: [Dot: [Int]]

  /// Every write with effect, once, by the name of its operation.
  let writes: [ModelWrite]

  /// Works out the state.
  ///
  /// - Parameters:
  ///   - visit: The visit.
  ///   - lines: The lines of all sealed batches that exist anywhere, in any order; more than once
  ///     is as good as once.
  ///   - people: Whose each replica is by its certificate; authority replicas are those of
  ///     ``PersonID/authority``.
  /// - Throws: ``BrokenLaw`` if the lines are no whole history; `ProtocolError` if one does not
  ///   read.
  package init(
    visit: VisitID,
    lines: [[UInt8]],
    people: [ReplicaID: PersonID]
  ) throws {
    self.visit = visit
    let log = try ModelLog(visit: visit, lines: lines, people: people)
    let readings = log.nodes.indices.map { ModelReader.read($0, in: log, people: people) }
    let names = ModelNames(log, readings)
    let roster = ModelRoster(log, readings, names)
    let effects = ModelJudge.effects(log, readings, roster)
    let writes = ModelWrite.all(log, readings, names, effects)
    self.log = log
    self.readings = readings
    self.names = names
    places = Dictionary(grouping: readings.indices, by: { names[$0] })
    self.writes = writes
    var byPlace: [ModelPlace: Effect] = [:]
    for (node, effect) in effects.enumerated() { byPlace[log.place(node)] = effect }
    self.effects = byPlace
    cells = Dictionary(grouping: writes, by: \.key).mapValues { cell in
      // A sibling is a write that no write in the same cell is over.
      let covered = cell.reduce(into: Set<Dot>()) { $0.formUnion($1.over) }
      return cell.map(\.sibling).filter { !covered.contains($0.dot) }.sorted()
    }
    .filter { !$0.value.isEmpty }
  }

  /// Whether the author of one operation had another at hand when writing it, at any place where
  /// the two stand.
  package func hasSeen(_ later: Dot, _ earlier: Dot) -> Bool {
    (places[later] ?? []).contains { later in
      (places[earlier] ?? []).contains { log.hasSeen(later, $0) }
    }
  }

  /// The keys of the cells in the order in which a digest lists them.
  package var sortedKeys: [CellKey] { cells.keys.sorted() }

  /// The operations without effect, by batch and place.
  package var withoutEffect: [(place: ModelPlace, effect: Effect)] {
    effects.filter { $0.value != .effective }.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value) }
  }

  /// The digest of the state (section 6.4), folded from the model's own cells.
  package var digest: Hash256 {
    var bytes: [UInt8] = []
    for key in sortedKeys {
      let siblings = (cells[key] ?? []).map { sibling in
        var parts: [Value] = [
          .string(sibling.dot.replica.text), .int(sibling.dot.counter),
          .string(sibling.dot.branch.description), .string(sibling.person.text),
          .int(sibling.clock), sibling.value,
        ]
        if !sibling.cites.isEmpty {
          parts.append(.list(sibling.cites.map { .string("#\($0)") }))
        }
        return Value.list(parts)
      }
      bytes += Value.list([.string(key.text), .list(siblings)]).canonical + [10]
    }
    for (place, effect) in withoutEffect where effect == .uninterpreted {
      let line: [Value] = [.string("?"), .string(place.batch.text), .int(Int64(place.index))]
      bytes += Value.list(line).canonical + [10]
    }
    return Hash256(.state, bytes)
  }
}
