import AssessmentModel
import Convergence
import OperationStore
import Simulation
import SyncProtocol
import TestSupport
import Testing

/// States and effects with a fault planted in them.
@Suite("What has to hold of a state")
struct FinalChecksStateTests {
  private typealias Scene = ModelScene

  @Test(
    "A state is not the model's where something is gone, changed, or without its notice",
    arguments: [
      ("DELETE FROM cells WHERE key LIKE 'standard:A1|%'", "lacks the value"),
      (
        """
        UPDATE cells SET siblings = (SELECT siblings FROM cells WHERE key LIKE 'standard:C3|judg%')
        WHERE key LIKE 'standard:A1|judgement|%'
        """,
        "cell standard:A1|judgement|"
      ),
      (
        """
        INSERT INTO cells SELECT visit, 'service|name||', siblings FROM cells
        WHERE key = 'visit|title||'
        """,
        "should not stand"
      ),
      ("DELETE FROM effects WHERE effect = 'slot'", "should be inert"),
      ("UPDATE effects SET effect = 'held' WHERE effect = 'uninterpreted'", "is held"),
      (
        "INSERT INTO effects SELECT visit, batch, item + 200, effect FROM effects LIMIT 1",
        "nowhere"
      ),
      (
        "UPDATE cells SET siblings = CAST(replace(CAST(siblings AS TEXT), 'Seen', 'Felt') AS BLOB)",
        "should show"
      ),
    ]
  )
  func state(sql: String, words: String) throws {
    let model = try PlantedVisit.scene().model()
    let found = try PlantedVisit.sentence(after: sql) { store in
      try FinalChecks.stateEqualsModel(
        store: store,
        named: "tablet",
        visit: PlantedVisit.visit,
        model: model
      )
    }
    #expect(found?.contains(words) ?? false, "\(found ?? "content")")
    #expect(found?.contains("visit \(PlantedVisit.visit), tablet") ?? false)
  }

  @Test("A state that lacks a batch is not the model's, nor that of a replica that has it")
  func lacking() throws {
    let scene = PlantedVisit.scene()
    let model = try scene.model()
    let short = try scene.store([0, 1, 2, 3, 4])
    #expect(
      try PlantedVisit.sentence {
        try FinalChecks.stateEqualsModel(store: short, visit: PlantedVisit.visit, model: model)
      } != nil
    )
    let stores = [("server", try scene.store()), ("phone", short)]
    let found = try PlantedVisit.sentence {
      try FinalChecks.replicasEqual(stores, visit: PlantedVisit.visit)
    }
    #expect(found?.contains("phone against server") ?? false)
  }

  @Test("What is not sealed is not compared")
  func notSealed() throws {
    let scene = PlantedVisit.scene()
    let store = try scene.store()
    try store.transaction { () throws(StoreError) in
      try store.setOwnReplica(Scene.replica(1))
      let title = Assignment(record: .named("service"), field: "name", value: .string("North"))
      _ = try store.write([Draft(title)], to: PlantedVisit.visit, clock: Scene.clock)
    }
    let model = try scene.model()
    let found = try PlantedVisit.sentence {
      try FinalChecks.stateEqualsModel(store: store, visit: PlantedVisit.visit, model: model)
    }
    #expect(found?.contains("not sealed") ?? false)
  }

  @Test("Replicas differ where their uninterpreted operations do, though all cells be alike")
  func digests() throws {
    let scene = PlantedVisit.scene()
    let sound = try scene.store()
    let found = try PlantedVisit.sentence(
      after: "DELETE FROM effects WHERE effect = 'uninterpreted'"
    ) {
      try FinalChecks.replicasEqual([("one", sound), ("other", $0)], visit: PlantedVisit.visit)
    }
    #expect(found?.contains("state digests") ?? false, "\(found ?? "content")")
  }

  @Test("What waits at a store waits for what no store has")
  func waiting() throws {
    let scene = PlantedVisit.scene()
    let store = try scene.store([0, 1, 2])
    let certificate = try store.certificate(of: scene.entries[4].content.replica)
    let verified = try VerifiedBatch(scene.entries[4].sealed) { _ in certificate }
    try store.transaction { () throws(StoreError) in
      _ = try store.keepWaiting(verified, received: Scene.clock)
    }
    func check(_ server: [Int]?) throws -> String? {
      let server = try scene.store(server)
      return try PlantedVisit.sentence {
        try FinalChecks.waitsInVain(store: store, visit: PlantedVisit.visit, server: server)
      }
    }
    #expect(try check([0, 1, 2]) == nil)
    #expect(try check(nil)?.contains("waits for what is here") ?? false)
  }
}
