import Convergence
import OperationStore
import Simulation
import SyncProtocol
import TestSupport

/// A visit in which there is something to find, and what checks say of it.
enum PlantedVisit {
  static let visit = ModelScene.visit

  /// Two people differ on A1, one of them on two devices on B2; C3 is settled, D4 was; somebody
  /// wrote what no store reads.
  static func scene() -> ModelScene {
    var scene = ModelScene(roles: ["peer", "lead"])
    scene.certify(3, of: 1)
    let one = scene.seal(
      ["A1", "B2", "C3", "D4"].map { ModelScene.judgement("met", of: 1, on: $0, because: "Seen.") },
      by: 1,
      deps: [0]
    )
    scene.seal([ModelScene.judgement("not-met", of: 1, on: "B2")], by: 3, deps: [0])
    let two = scene.seal(
      ["A1", "C3", "D4"].map { ModelScene.judgement("not-met", of: 2, on: $0) }
        + [.object(["k": .string("later")]), ModelScene.judgement("met", of: 1)],
      by: 2,
      deps: [0, one]
    )
    let who = [ModelScene.replica(1).text]
    let resolutions = [(2, "C3", 3), (3, "D4", 4)].map { own, standard, other in
      ModelScene.resolution(
        "met",
        on: standard,
        citing: [.int(Int64(own)), .list([.int(0), .int(Int64(other))])]
      )
    }
    scene.seal(resolutions, by: 2, after: two, who: who)
    scene.seal(
      [ModelScene.judgement("not-met", of: 1, on: "D4", because: "No.", over: [.int(4)])],
      by: 1,
      after: one
    )
    return scene
  }

  /// The sentence of the law that a check finds broken; `nil` where it is content.
  static func sentence(_ check: () throws -> Void) throws -> String? {
    do {
      try check()
      return nil
    } catch let law as BrokenLaw {
      return law.description
    }
  }

  /// What a check says of a store that was damaged.
  static func sentence(
    after sql: String,
    _ check: (OperationStore) throws -> Void
  ) throws -> String? {
    var found: String?
    try ModelDamage.store(of: scene(), sql) { store in
      found = try sentence { try check(store) }
    }
    return found
  }
}
