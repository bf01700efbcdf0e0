import AssessmentModel
import Convergence
import OperationStore
import Simulation
import SyncProtocol
import TestSupport
import Testing

/// Views with a fault planted in them.
@Suite("What has to hold of what is shown")
struct FinalChecksViewTests {
  private typealias Scene = ModelScene

  /// A view of the state with one cell changed.
  private func view(
    _ key: String,
    _ change: ([Sibling]) -> [Sibling]
  ) throws -> VisitView {
    let store = try PlantedVisit.scene().store()
    var cells = try store.cells(of: PlantedVisit.visit)
    let key = try #require(CellKey(text: key))
    let siblings = cells[key].siblings
    cells.replace(Cell(siblings: change(siblings)), for: key)
    return VisitView(cells: cells, framework: nil) { _, _ in false }
  }

  private func slot(_ person: Int, _ standard: String) -> String {
    "standard:\(standard)|judgement|\(Scene.person(person))|"
  }

  private func judging(_ sibling: Sibling, _ outcome: String, because: String? = nil) -> Sibling {
    let judgement = Judgement(
      outcome: Outcome(rawValue: outcome) ?? .met,
      edition: "2026",
      because: because
    )
    return Sibling(
      dot: sibling.dot,
      person: sibling.person,
      clock: sibling.clock,
      value: judgement.value
    )
  }

  @Test("A judgement that is hidden, reworded or shown in another's name is found out")
  func hiddenJudgement() throws {
    let model = try PlantedVisit.scene().model()
    func found(_ view: VisitView) throws -> String? {
      try PlantedVisit.sentence {
        try FinalChecks.everyJudgementVisibleOrSuperseded(model: model, view: view)
      }
    }
    let hidden = try found(try view(slot(1, "A1")) { _ in [] })
    #expect(hidden?.contains("is not shown") ?? false)
    let first = try found(try view(slot(1, "B2")) { Array($0.prefix(1)) })
    #expect(first?.contains("is not shown") ?? false)
    let reworded = try found(
      try view(slot(1, "A1")) { $0.map { judging($0, "met", because: "Heard.") } }
    )
    #expect(reworded?.contains("is not shown") ?? false)
    let invented = try found(
      try view(slot(2, "Z9")) { _ in
        [
          Sibling(
            dot: Dot(replica: Scene.replica(2), counter: 77),
            person: Scene.person(2),
            clock: 0,
            value: Judgement(outcome: .met, edition: "2026").value
          )
        ]
      }
    )
    #expect(invented?.contains("nobody made") ?? false)
  }

  @Test("A judgement that somebody else wrote over is found out, and so is a ghost of one's own")
  func foreignSuccessor() throws {
    let model = try PlantedVisit.scene().model()
    let view = try ModelView.of(try PlantedVisit.scene().store())
    func found(_ change: (ModelJudgement) -> ModelJudgement.Fate) throws -> String? {
      let changed = model.judgements().map { judgement in
        ModelJudgement(
          dot: judgement.dot,
          person: judgement.person,
          slot: judgement.slot,
          standard: judgement.standard,
          location: judgement.location,
          value: judgement.value,
          fate: change(judgement)
        )
      }
      return try PlantedVisit.sentence {
        try FinalChecks.everyJudgementVisibleOrSuperseded(changed, view: view, "visit")
      }
    }
    let successor = { (judgement: ModelJudgement, person: Int) in
      ModelJudgement.Fate.superseded(by: [
        .init(dot: judgement.dot, person: Scene.person(person))
      ])
    }
    #expect(try found { $0.fate } == nil)
    let foreign = try found {
      if case .superseded = $0.fate { successor($0, 2) } else { $0.fate }
    }
    #expect(foreign?.contains("was written over by \(Scene.person(2))") ?? false)
    let ghost = try found {
      $0.standard == "A1" ? successor($0, $0.person == Scene.person(1) ? 1 : 2) : $0.fate
    }
    #expect(ghost?.contains("was written over and is shown") ?? false)
    let held = try found { $0.standard == "C3" ? .withoutEffect(.held) : $0.fate }
    #expect(held?.contains("is held and is shown") ?? false)
  }

  @Test("A dispute that is hidden or invented, or made of one person's versions, is found out")
  func hiddenDispute() throws {
    let model = try PlantedVisit.scene().model()
    func found(_ view: VisitView) throws -> String? {
      try PlantedVisit.sentence { try FinalChecks.disagreementsListed(model: model, view: view) }
    }
    let hidden = try found(try view(slot(2, "A1")) { $0.map { judging($0, "met") } })
    #expect(hidden?.contains("standard A1") ?? false)
    let invented = try found(
      try view(slot(2, "Z9")) { _ in
        [
          Sibling(
            dot: Dot(replica: Scene.replica(2), counter: 77),
            person: Scene.person(2),
            clock: 0,
            value: Judgement(outcome: .met, edition: "2026").value
          )
        ]
      }
    )
    #expect(invented?.contains("nothing stands at Z9") ?? false)
    let chosen = try found(try view(slot(1, "B2")) { Array($0.prefix(1)) })
    #expect(chosen?.contains("standard B2") ?? false)
    // A screen that took one person's two versions for two people's.
    let scene = PlantedVisit.scene()
    var cells = try scene.store().cells(of: PlantedVisit.visit)
    let own = try #require(CellKey(text: slot(1, "B2")))
    let other = try #require(CellKey(text: slot(2, "B2")))
    let versions = cells[own].siblings
    cells.replace(Cell(siblings: Array(versions.prefix(1))), for: own)
    cells.replace(Cell(siblings: Array(versions.suffix(1))), for: other)
    let dissent = try found(VisitView(cells: cells, framework: nil) { _, _ in false })
    #expect(dissent?.contains("standard B2") ?? false)
    // Stale by what changed since: with the old judgement back it would be resolved.
    let fresh = try found(try view(slot(1, "D4")) { _ in [] })
    #expect(fresh?.contains("standard D4") ?? false)
    let lost = try found(try view("standard:C3|resolution||") { _ in [] })
    #expect(lost?.contains("standard C3") ?? false)
  }

  @Test("Who had seen whom is not told otherwise")
  func awareness() throws {
    let scene = PlantedVisit.scene()
    let model = try scene.model()
    let store = try scene.store()
    try FinalChecks.awarenessEqualsModel(model: model, view: try ModelView.of(store))
    #expect(
      model.discussions().first?.awareness
        == [.init(person: Scene.person(2), hadSeen: Scene.person(1))]
    )
    let cells = try store.cells(of: PlantedVisit.visit)
    for word in [true, false] {
      let view = VisitView(cells: cells, framework: nil) { _, _ in word }
      let found = try PlantedVisit.sentence {
        try FinalChecks.awarenessEqualsModel(model: model, view: view)
      }
      #expect(found?.contains("standard A1: who had seen") ?? false, "\(found ?? "content")")
    }
  }
}
