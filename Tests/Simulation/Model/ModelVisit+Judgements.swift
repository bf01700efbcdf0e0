import Convergence

extension ModelVisit {
  /// Every judgement that anybody ever made, by the name of its operation: those that never had
  /// effect too.
  ///
  /// One operation is there once, however many branches or successors carry it. An operation that
  /// does not read is no judgement, and is left out.
  package func judgements() -> [ModelJudgement] {
    let effective = Dictionary(
      writes.map { ($0.sibling.dot, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var successors: [Dot: [CellKey: [ModelJudgement.Successor]]] = [:]
    for write in writes {
      let one = ModelJudgement.Successor(dot: write.sibling.dot, person: write.sibling.person)
      for dot in write.over { successors[dot, default: [:]][write.key, default: []].append(one) }
    }
    var found: [Dot: ModelJudgement] = [:]
    for (node, reading) in readings.enumerated() where found[names[node]] == nil {
      guard case .set(let target, let value, _, _) = reading.statement,
        case .named(let record) = target.record, record.hasPrefix("standard:"),
        target.field == "judgement"
      else { continue }
      let name = names[node]
      let fate: ModelJudgement.Fate
      if let write = effective[name] {
        let later = successors[name]?[write.key] ?? []
        fate = later.isEmpty ? .visible : .superseded(by: later.sorted { $0.dot < $1.dot })
      } else {
        fate = .withoutEffect(effects[log.place(node)] ?? .uninterpreted)
      }
      found[name] = ModelJudgement(
        dot: name,
        person: log.person(node),
        slot: target.slot,
        standard: String(record.dropFirst("standard:".count)),
        location: target.location.map { names[$0] },
        value: value,
        fate: fate
      )
    }
    return found.values.sorted { $0.dot < $1.dot }
  }
}
