import AssessmentModel
import Convergence
import OperationStore
import Simulation
import SyncProtocol
import TestSupport
import Testing

/// Every check is content with a sound store, and finds the fault that is planted in another.
@Suite("What has to hold when a visit is over")
struct FinalChecksTests {
  private typealias Scene = ModelScene

  @Test("A sound store breaks no law")
  func sound() throws {
    let scene = PlantedVisit.scene()
    let model = try scene.model()
    let store = try scene.store()
    let other = try scene.store([0, 2, 1, 3, 5, 4])
    try FinalChecks.stateEqualsModel(store: store, visit: PlantedVisit.visit, model: model)
    try FinalChecks.replicasEqual([("one", store), ("other", other)], visit: PlantedVisit.visit)
    try FinalChecks.chainsAndDigests(store: store, visit: PlantedVisit.visit)
    try FinalChecks.logOrder(store: other, visit: PlantedVisit.visit)
    try FinalChecks.complete(store: store, visit: PlantedVisit.visit, lines: scene.lines)
    let view = try ModelView.of(store)
    try FinalChecks.everyJudgementVisibleOrSuperseded(model: model, view: view)
    try FinalChecks.disagreementsListed(model: model, view: view)
    #expect(
      model.discussions().map(\.name) == ["disputed", "self-conflict", "resolved", "stale"]
    )
  }
}
