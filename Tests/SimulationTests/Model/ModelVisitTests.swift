import Convergence
import Simulation
import SyncProtocol
import TestSupport
import Testing

/// Small cases by hand.
///
/// Batch 0 is the server's; person and replica n have the same number.
@Suite("The model of a visit")
struct ModelVisitTests {
  private typealias Scene = ModelScene

  private func judgementCell(_ person: Int, _ standard: String = "A1") throws -> CellKey {
    try #require(CellKey(text: "standard:\(standard)|judgement|\(Scene.person(person))|"))
  }

  private func outcomes(_ model: ModelVisit, _ key: CellKey) -> [String] {
    (model.cells[key] ?? []).compactMap { $0.value["is"]?.string }
  }

  /// The model of a scene, to which a store and its view agree.
  private func agreed(_ scene: Scene) throws -> ModelVisit {
    let model = try scene.model()
    let store = try scene.store()
    try FinalChecks.stateEqualsModel(store: store, visit: Scene.visit, model: model)
    let view = try ModelView.of(store)
    try FinalChecks.everyJudgementVisibleOrSuperseded(model: model, view: view)
    try FinalChecks.disagreementsListed(model: model, view: view)
    try FinalChecks.awarenessEqualsModel(model: model, view: view)
    return model
  }

  private func effect(
    _ model: ModelVisit,
    _ scene: Scene,
    _ batch: Int,
    _ index: Int = 0
  ) -> Effect? {
    model.effects[ModelPlace(batch: scene.entries[batch].hash, index: index)]
  }

  @Test("What was written over is gone, and says by whom")
  func over() throws {
    var scene = Scene(roles: ["peer"])
    let first = scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    scene.seal([Scene.judgement("not-met", of: 1, over: [.int(1)])], by: 1, after: first)
    let model = try agreed(scene)
    #expect(outcomes(model, try judgementCell(1)) == ["not-met"])
    let judgements = model.judgements()
    #expect(judgements.map(\.dot.counter) == [1, 2])
    #expect(
      judgements[0].fate
        == .superseded(by: [.init(dot: judgements[1].dot, person: Scene.person(1))])
    )
    #expect(judgements[1].fate == .visible)
  }

  @Test("What was written side by side stays side by side")
  func concurrent() throws {
    var scene = Scene(roles: ["peer", "peer"])
    scene.certify(3, of: 1)
    scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    scene.seal([Scene.judgement("not-met", of: 1)], by: 3, deps: [0])
    scene.seal([Scene.judgement("not-met", of: 2)], by: 2, deps: [0])
    let model = try agreed(scene)
    #expect(outcomes(model, try judgementCell(1)).sorted() == ["met", "not-met"])
    #expect(outcomes(model, try judgementCell(2)) == ["not-met"])
    let discussion = try #require(model.discussions().first)
    #expect(discussion.selfConflicts == [Scene.person(1)])
    #expect(!discussion.isDisagreement)
    #expect(discussion.name == "self-conflict")
  }

  @Test("Nobody writes in another's slot")
  func foreignSlot() throws {
    var scene = Scene(roles: ["peer", "lead"])
    let batch = scene.seal([Scene.judgement("met", of: 1)], by: 2, deps: [0])
    let model = try agreed(scene)
    #expect(effect(model, scene, batch) == .inert(.slot))
    #expect(model.cells[try judgementCell(1)] == nil)
    #expect(model.judgements().map(\.fate) == [.withoutEffect(.inert(.slot))])
  }

  @Test("Nobody writes over what they had not seen, known though it be to everybody else")
  func unseen() throws {
    var scene = Scene(roles: ["peer", "peer"])
    scene.certify(3, of: 1)
    let first = scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    let who = [Scene.replica(1).text]
    let over = Scene.judgement("not-met", of: 1, over: [.list([.int(0), .int(1)])])
    let blind = scene.seal([over], by: 3, deps: [0], who: who)
    let seeing = scene.seal([over], by: 3, after: blind, deps: [first], who: who)
    let model = try agreed(scene)
    #expect(effect(model, scene, blind) == .inert(.reference))
    #expect(effect(model, scene, seeing) == .effective)
    #expect(outcomes(model, try judgementCell(1)) == ["not-met"])
  }

  /// B saw A and C saw B; C names B alone, so C has not said that it saw A.
  @Test("What an author does not name as seen it has not seen")
  func notClosed() throws {
    var scene = Scene(roles: ["peer", "peer", "peer"])
    let a = scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    let b = scene.seal([Scene.judgement("met", of: 2)], by: 2, deps: [0, a])
    let resolution = { Scene.resolution("met", citing: [.list([.int(0), .int(1)])]) }
    let who = [Scene.replica(1).text]
    let c = scene.seal([resolution()], by: 3, deps: [0, b], who: who)
    #expect(effect(try agreed(scene), scene, c) == .inert(.reference))
  }

  @Test("What nobody can read yet is kept, and so is what is about it")
  func unknown() throws {
    var scene = Scene(roles: ["peer"])
    let odd = Value.object(["k": .string("later"), "d": .string("x")])
    let about = Scene.add("comment", in: .int(1), ["text": .string("Hm.")])
    let batch = scene.seal([odd, about], by: 1, deps: [0])
    let model = try agreed(scene)
    #expect(effect(model, scene, batch, 0) == .uninterpreted)
    #expect(effect(model, scene, batch, 1) == .uninterpreted)
    let without = try Self.model(scene, without: batch)
    #expect(model.cells == without.cells)
    #expect(model.digest != without.digest)
  }

  @Test("A removal holds what its cut leaves outside, and leaves the rest its role")
  func removal() throws {
    var scene = Scene(roles: ["peer", "lead"])
    let kept = scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    let late = scene.seal([Scene.judgement("met", of: 1, on: "B2")], by: 1, after: kept)
    scene.seal([scene.removal(1, cut: [kept], over: [.int(2)])], by: Scene.server, after: 0)
    let model = try agreed(scene)
    #expect(effect(model, scene, kept) == .effective)
    #expect(effect(model, scene, late) == .held)
    #expect(model.judgements().map(\.fate) == [.visible, .withoutEffect(.held)])
  }

  @Test(
    "A removal that arrives after a removed person's overwrite brings the overwritten value back"
  )
  func overwrittenComesBack() throws {
    var scene = Scene(roles: ["peer", "lead"])
    let before = scene.seal([Scene.resolution("met", citing: [])], by: 2, deps: [0])
    let over = Scene.resolution("not-met", citing: [], over: [.list([.int(0), .int(1)])])
    scene.seal([over], by: 1, deps: [0, before], who: [Scene.replica(2).text])
    let key = try #require(CellKey(text: "standard:A1|resolution||"))
    #expect(outcomes(try agreed(scene), key) == ["not-met"])
    scene.seal([scene.removal(1, cut: [], over: [.int(2)])], by: Scene.server, after: 0)
    #expect(outcomes(try agreed(scene), key) == ["met"])
  }

  @Test("What is released of a removed person has the role that the removal replaced")
  func release() throws {
    var scene = Scene(roles: ["peer", "lead"])
    let kept = scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    let late = scene.seal([Scene.judgement("met", of: 1, on: "B2")], by: 1, after: kept)
    let last = scene.seal([Scene.judgement("met", of: 1, on: "C3")], by: 1, after: late)
    let removal = scene.seal(
      [scene.removal(1, cut: [kept], over: [.int(2)])],
      by: Scene.server,
      after: 0
    )
    scene.seal([scene.release(1, [late], from: 2)], by: Scene.server, after: removal)
    let model = try agreed(scene)
    #expect(effect(model, scene, late) == .effective)
    #expect(effect(model, scene, last) == .held)
  }

  @Test("Both sides of a fork have effect, each under its own name")
  func fork() throws {
    var scene = Scene(roles: ["peer", "peer"])
    let trunk = scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    let over = [Value.int(1)]
    let sides = ["not-met", "not-applicable"].map { outcome in
      scene.seal([Scene.judgement(outcome, of: 1, over: over)], by: 1, after: trunk)
    }
    // Two lines are seen and none is named: not even the trunk can be referred to.
    let cite = Scene.resolution("met", citing: [.list([.int(0), .int(1)])])
    let vague = scene.seal([cite], by: 2, deps: [0] + sides, who: [Scene.replica(1).text])
    let plain = scene.seal([cite], by: 2, after: vague, who: [scene.line(of: sides[0])])
    let model = try agreed(scene)
    let siblings = model.cells[try judgementCell(1)] ?? []
    #expect(
      Set(siblings.map(\.dot.branch)) == Set(sides.map { scene.entries[$0].hash.branch })
    )
    #expect(effect(model, scene, vague) == .inert(.reference))
    #expect(effect(model, scene, plain) == .effective)
    #expect(try #require(model.discussions().first).settlement == .stale)
  }

  @Test("What was copied unsealed and sealed by both copies is one")
  func copied() throws {
    var scene = Scene(roles: ["peer"])
    let trunk = scene.seal([Scene.judgement("met", of: 1, on: "B2")], by: 1, deps: [0])
    let more = ["C3", "D4"].map { Scene.judgement("met", of: 1, on: $0) }
    for other in more {
      scene.seal([Scene.judgement("met", of: 1), other], by: 1, after: trunk)
    }
    let model = try agreed(scene)
    #expect(outcomes(model, try judgementCell(1)) == ["met"])
    #expect(model.judgements().count == 4)
  }

  @Test("What a successor took over keeps its name, and is one with what was sealed after all")
  func moved() throws {
    var scene = Scene(roles: ["peer"])
    scene.certify(3, of: 1)
    let first = scene.seal([Scene.judgement("met", of: 1, on: "B2")], by: 1, deps: [0])
    let was = Value.list([.int(0), .int(2)])
    let moved = Scene.judgement("met", of: 1, ["was": was])
    let batch = scene.seal([moved], by: 3, deps: [0, first], who: [Scene.replica(1).text])
    let cell = try judgementCell(1)
    let name = Dot(replica: Scene.replica(1), counter: 2)
    #expect(try agreed(scene).cells[cell]?.map(\.dot) == [name])

    var sealed = scene
    sealed.seal([Scene.judgement("met", of: 1)], by: 1, after: first)
    #expect(try agreed(sealed).cells[cell]?.map(\.dot) == [name])

    var other = scene
    other.seal([Scene.judgement("not-met", of: 1)], by: 1, after: first)
    let own = Dot(replica: Scene.replica(3), counter: 1)
    #expect(try Set(agreed(other).cells[cell]?.map(\.dot) ?? []) == [name, own])

    // Somebody else's unsealed work is nobody's to take over.
    var stolen = Scene(roles: ["peer", "peer"])
    let theft = Scene.judgement("met", of: 2, ["was": .list([.int(0), .int(1)])])
    let thief = stolen.seal([theft], by: 2, deps: [0], who: [Scene.replica(1).text])
    #expect(effect(try agreed(stolen), stolen, thief) == .inert(.author))
    #expect(effect(try agreed(scene), scene, batch) == .effective)
  }

  @Test("A resolution settles what it cites, and no more")
  func resolutions() throws {
    var scene = Scene(roles: ["peer", "peer"])
    let one = scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    let two = scene.seal([Scene.judgement("not-met", of: 2)], by: 2, deps: [0, one])
    #expect(try agreed(scene).discussions().map(\.name) == ["disputed"])
    let cites: [Value] = [.int(1), .list([.int(0), .int(1)])]
    scene.seal(
      [Scene.resolution("met", citing: cites)],
      by: 2,
      after: two,
      who: [Scene.replica(1).text]
    )
    #expect(try agreed(scene).discussions().map(\.name) == ["resolved"])
    #expect(try agreed(scene).disagreements().count == 1)
    let change = Scene.judgement("met", of: 1, because: "Seen again.", over: [.int(1)])
    scene.seal([change], by: 1, after: one)
    #expect(try agreed(scene).discussions().map(\.name) == ["stale"])
    #expect(try agreed(scene).disagreements().count == 1)
  }

  @Test("Choosing among one's own versions that were all considered is no change")
  func choice() throws {
    var scene = Scene(roles: ["peer", "lead"])
    scene.certify(3, of: 1)
    let one = scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    let three = scene.seal([Scene.judgement("not-met", of: 1)], by: 3, deps: [0])
    let who = [Scene.replica(1).text, Scene.replica(3).text]
    let both = [0, 1].map { Value.list([.int($0), .int(1)]) }
    let resolution = Scene.resolution("met", citing: both)
    scene.seal([resolution], by: 2, deps: [0, one, three], who: who)
    #expect(try agreed(scene).discussions().map(\.name) == ["resolved"])
    let own: [Value] = [.int(1), .list([.int(0), .int(1)])]
    var chosen = scene
    chosen.seal(
      [Scene.judgement("met", of: 1, over: own, cites: own)],
      by: 1,
      after: one,
      deps: [three],
      who: [Scene.replica(3).text]
    )
    #expect(try agreed(chosen).discussions().map(\.name) == ["resolved"])
    #expect(try agreed(chosen).discussions().map(\.selfConflicts) == [[]])
    var changed = scene
    changed.seal(
      [Scene.judgement("met", of: 1, over: own)],
      by: 1,
      after: one,
      deps: [three],
      who: [Scene.replica(3).text]
    )
    #expect(try agreed(changed).discussions().map(\.name) == ["stale"])
  }

  @Test("Resolutions side by side are contested, those all taken back are none")
  func contested() throws {
    var scene = Scene(roles: ["lead", "peer"])
    let outcomes = ["met", "not-met"]
    let seals = outcomes.enumerated().map { index, outcome in
      scene.seal([Scene.resolution(outcome, citing: [])], by: index + 1, deps: [0])
    }
    #expect(try agreed(scene).discussions().map(\.name) == ["contested"])
    for (index, seal) in seals.enumerated() {
      let back = Scene.resolution("not-judged", citing: [], over: [.int(1)])
      scene.seal([back], by: index + 1, after: seal)
      let expected = index == 0 ? "contested" : "not-judged"
      #expect(try agreed(scene).discussions().map(\.name) == [expected])
    }
  }

  @Test("A judgement of a part, or taken back, is on neither side")
  func partAndWithdrawn() throws {
    var scene = Scene(roles: ["peer", "peer", "peer"])
    let part = Value.object([
      "is": .string("not-applicable"), "under": .string("2026"), "part": .string("The rest."),
    ])
    scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    scene.seal([Scene.judgement("not-judged", of: 2)], by: 2, deps: [0])
    scene.seal(
      [Scene.set("standard:A1", "judgement", part, ["s": .string("@")])],
      by: 3,
      deps: [0]
    )
    let discussion = try #require(try agreed(scene).discussions().first)
    #expect(discussion.name == "one-view")
    #expect(discussion.words[Scene.person(3)] == .part)
  }

  @Test("Lines that are no whole history are refused")
  func incomplete() throws {
    var scene = Scene(roles: ["peer"])
    let first = scene.seal([Scene.judgement("met", of: 1)], by: 1, deps: [0])
    scene.seal([Scene.judgement("met", of: 1, on: "B2")], by: 1, after: first)
    #expect(throws: BrokenLaw.self) { try Self.model(scene, without: first) }
    #expect(throws: BrokenLaw.self) { try Self.model(scene, without: 0) }
    let twice = scene.lines.reversed() + scene.lines
    let model = try ModelVisit(visit: Scene.visit, lines: Array(twice), people: scene.people)
    #expect(model.digest == (try agreed(scene).digest))
  }

  private static func model(_ scene: Scene, without index: Int) throws -> ModelVisit {
    var lines = scene.lines
    lines.remove(at: index)
    return try ModelVisit(visit: Scene.visit, lines: lines, people: scene.people)
  }
}
