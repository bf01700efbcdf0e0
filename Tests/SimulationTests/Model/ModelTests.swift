import Convergence
import OperationStore
import Simulation
import SyncProtocol
import TestSupport
import Testing

/// The model against the vectors of both sides, and against a store over histories by chance.
@Suite("The model against what else there is")
struct ModelTests {
  // MARK: Vectors

  @Test("Every file about a visit is read")
  func everyFile() {
    #expect(ModelVector.all.count == ModelVector.fileCount)
    #expect(ModelVector.all.count > 100)
  }

  @Test("The model comes to what the vector says", arguments: ModelVector.all)
  func final(vector: ModelVector) throws {
    let model = try ModelVisit(visit: vector.visit, lines: vector.lines, people: vector.people)
    guard let state = vector.final["state"]?.string else {
      // A vector about refusals alone, in which no arrival is complete.
      #expect(vector.lines.isEmpty)
      return
    }
    #expect(model.digest.text == state)
    #expect(cells(of: model) == lines(vector.final["cells"]))
    #expect(places(of: model) { $0 == .held } == lines(vector.final["held"]))
    #expect(places(of: model) { $0 == .uninterpreted } == lines(vector.final["uninterpreted"]))
    let inert = model.withoutEffect.compactMap { place, effect -> Value? in
      guard case .inert(let reason) = effect else { return nil }
      return .list([
        .string(place.batch.text), .int(Int64(place.index)), .string(reason.rawValue),
      ])
    }
    #expect(lines(.list(inert)) == lines(vector.final["inert"]))
  }

  private func cells(of model: ModelVisit) -> [String] {
    let cells = model.sortedKeys.map { key in
      let siblings = (model.cells[key] ?? []).map { sibling in
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
      return Value.list([.string(key.text), .list(siblings)])
    }
    return lines(.list(cells))
  }

  private func places(of model: ModelVisit, _ isWanted: (Effect) -> Bool) -> [String] {
    let places = model.withoutEffect.filter { isWanted($0.effect) }.map {
      Value.list([.string($0.place.batch.text), .int(Int64($0.place.index))])
    }
    return lines(.list(places))
  }

  /// One line an element, so that a failure shows which differ.
  private func lines(_ value: Value?) -> [String] {
    (value?.list ?? []).map { String(decoding: $0.canonical, as: UTF8.self) }
  }

  // MARK: Histories

  private static let seeds =
    Seeds.all.count < 4 ? Array(Seeds.all) : Seeds.all.filter { $0 % 16 == 0 }

  @Test(
    "Whatever the order of arrival, a store comes to what the model says",
    arguments: ["plain", "forks", "moves", "roster", "joins", "all", "liars"]
  )
  func agreement(kind: String) throws {
    try forEachSeed(Self.seeds) { random in
      let options = ModelHistory.Options(
        batches: random.int(in: 8...26),
        people: random.int(in: 2...4),
        devices: random.int(in: 2...5),
        hasForks: ["forks", "all", "liars"].contains(kind),
        hasMoves: ["moves", "all", "liars"].contains(kind),
        hasRoster: ["roster", "joins", "all", "liars"].contains(kind),
        hasLiars: kind == "liars",
        hasJoins: kind == "joins"
      )
      let history = ModelHistory(seed: random.next(), options)
      let model = try history.scene.model()
      var stores: [(name: String, store: OperationStore)] = []
      for arrival in 1...2 {
        let store = try history.scene.store(history.order(&random))
        try FinalChecks.stateEqualsModel(store: store, visit: ModelScene.visit, model: model)
        try FinalChecks.chainsAndDigests(
          store: store,
          visit: ModelScene.visit,
          checksSignatures: false
        )
        try FinalChecks.logOrder(store: store, visit: ModelScene.visit)
        try FinalChecks.complete(
          store: store,
          visit: ModelScene.visit,
          lines: history.scene.lines
        )
        stores.append(("arrival \(arrival)", store))
      }
      try FinalChecks.replicasEqual(stores, visit: ModelScene.visit)
      // The model keeps slots as they were written; a view shows those of one human as one.
      guard kind != "joins" else { return }
      let view = try ModelView.of(stores[0].store)
      try FinalChecks.everyJudgementVisibleOrSuperseded(model: model, view: view)
      try FinalChecks.disagreementsListed(model: model, view: view)
      try FinalChecks.awarenessEqualsModel(model: model, view: view)
    }
  }

  /// Agreement of the model and a store says nothing about what never happened.
  @Test("Every effect, forks, moves, disputes and resolutions occur")
  func coverage() throws {
    var found: [String: Int] = [:]
    for seed in UInt64(0)..<80 {
      let options = ModelHistory.Options(
        batches: 24,
        people: 3,
        devices: 4,
        hasForks: seed % 2 == 0,
        hasMoves: true,
        hasRoster: seed % 3 == 0
      )
      let history = ModelHistory(seed: seed, options)
      let model = try history.scene.model()
      for effect in model.effects.values { found["\(effect)", default: 0] += 1 }
      for sibling in model.cells.values.flatMap(\.self) {
        if sibling.dot.branch != .trunk { found["branch", default: 0] += 1 }
        if !sibling.cites.isEmpty { found["cites", default: 0] += 1 }
      }
      for cell in model.cells.values where cell.count > 1 { found["side by side", default: 0] += 1 }
      for discussion in model.discussions() {
        found[discussion.name, default: 0] += 1
        if discussion.location != nil { found["location", default: 0] += 1 }
        if !discussion.awareness.isEmpty { found["aware", default: 0] += 1 }
        if !discussion.selfConflicts.isEmpty { found["several", default: 0] += 1 }
      }
      for judgement in model.judgements() {
        if case .superseded = judgement.fate { found["superseded", default: 0] += 1 }
      }
      // What stands in two places is one; what was moved goes by a name that nobody sealed.
      let copied = Value.string("Before the copy.")
      let places = history.scene.entries.flatMap(\.content.operations).count {
        $0["v"]?["because"] == copied
      }
      if model.judgements().count(where: { $0.value["because"] == copied }) < places {
        found["one of two", default: 0] += 1
      }
      let streams = history.scene.entries.map {
        ($0.content.replica, $0.content.firstCounter...$0.content.lastCounter)
      }
      for judgement in model.judgements()
      where !streams.contains(where: {
        $0.0 == judgement.dot.replica && $0.1.contains(judgement.dot.counter)
      }) {
        found["moved", default: 0] += 1
      }
    }
    let wanted =
      InertReason.allCases.map { "\(Effect.inert($0))" } + ["effective", "held", "uninterpreted"]
      + [
        "branch", "one of two", "moved", "cites", "side by side", "location", "several",
        "superseded",
      ]
      + ["disputed", "contested", "stale", "resolved", "self-conflict", "agreed", "one-view"]
    for name in wanted { #expect(found[name, default: 0] >= 5, "\(name)") }
  }
}
