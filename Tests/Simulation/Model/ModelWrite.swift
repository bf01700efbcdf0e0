import Convergence

/// What one operation with effect writes to one cell (section 6.2).
struct ModelWrite: Sendable {
  /// The cell.
  let key: CellKey

  /// What it puts there.
  let sibling: ModelSibling

  /// The names of what it removes there.
  let over: Set<Dot>

  /// Every write of a log, that of an operation in several places once: they say the same, and one
  /// place with effect is enough.
  static func all(
    _ log: ModelLog,
    _ readings: [ModelReader.Reading],
    _ names: ModelNames,
    _ effects: [Effect]
  ) -> [ModelWrite] {
    var known: Set<Dot> = []
    var writes: [ModelWrite] = []
    for (node, reading) in readings.enumerated()
    where effects[node] == .effective && known.insert(names[node]).inserted {
      writes += self.writes(of: node, reading, log, names)
    }
    return writes
  }

  private static func writes(
    of node: Int,
    _ reading: ModelReader.Reading,
    _ log: ModelLog,
    _ names: ModelNames
  ) -> [ModelWrite] {
    let name = names[node]
    func written(_ record: ModelStatement.Record) -> String {
      switch record {
      case .named(let name): name
      case .item(let item): "#\(names[item])"
      }
    }
    func write(_ key: String, _ value: Value, over: [Int] = [], cites: [Int]) -> [ModelWrite] {
      // `cites` keeps what is cited twice, as the digests of all implementations do.
      let sibling = ModelSibling(
        dot: name,
        person: log.person(node),
        clock: reading.clock,
        value: value,
        cites: cites.map { names[$0] }.sorted()
      )
      let over = Set(over.map { names[$0] }).subtracting([name])
      return CellKey(text: key).map { [ModelWrite(key: $0, sibling: sibling, over: over)] } ?? []
    }
    switch reading.statement {
    case .unknown, .broken, .count:
      return []
    case .set(let target, let value, let over, let cites):
      let location = target.location.map { "#\(names[$0])" } ?? ""
      let key = [written(target.record), target.field, target.slot, location]
      return write(key.joined(separator: "|"), value, over: over, cites: cites)
    case .add(let type, let within, let replyTo, let given, let cites):
      var existence = [Value.Map.Member(key: "of", value: .string(type))]
      if let within { existence.append(.init(key: "in", value: .string(written(within)))) }
      if let replyTo { existence.append(.init(key: "re", value: .string("#\(names[replyTo])"))) }
      let value = Value.Map(existence).map { Value.map($0) } ?? .bool(false)
      return write("#\(name)|+||", value, cites: cites)
        + given.flatMap {
          write("#\(name)|\($0.field)|\($0.slot)|", $0.value, cites: cites)
        }
    }
  }
}
