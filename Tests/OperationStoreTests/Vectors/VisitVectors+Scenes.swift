import Convergence
import SyncProtocol

extension VisitVectors {
  static func scenes() -> [(slug: String, what: String, scene: Scene)] {
    [
      (
        "fork-behind-a-revocation",
        "A branch begun behind a revocation has no effect, however low its counters",
        forkBehindCut()
      ),
      (
        "fork-behind-a-removal", "A cut of a removal is inside on the branch that it names alone",
        removalOnBranch()
      ),
      ("cut-at-the-trunk", "A cut that names the trunk leaves both branches outside", cutAtTrunk()),
      (
        "cut-names-nothing", "A cut that names a batch nobody has holds nothing inside",
        cutNamesNothing()
      ),
      ("cut-named-later", "A cut may name a batch that comes after it", cutNamedLater()),
      ("roster-word-unknown", "A role that nobody knows changes nothing", unknownRole()),
      (
        "two-authorities-over", "One authority replica may write over another's word",
        twoAuthorities()
      ),
      ("trunk-by-its-branch", "Naming a branch reaches the trunk below it", trunkByBranch()),
      ("own-other-branch", "A replica may refer to its own other branch by name", ownOtherBranch()),
      (
        "fork-of-a-fork", "A named branch reaches what follows it as far as there is one line",
        forkOfFork()
      ),
      (
        "moved-and-sealed", "What was moved and also sealed is one, edits of either place meet",
        movedAndSealed()
      ),
      (
        "moved-item-edited", "An item that was moved is edited by the place where it was sealed",
        movedEdited()
      ),
      (
        "own-slot-as-a-sign", "The own slot may be written as a sign, and is the same slot",
        ownSlot()
      ),
      (
        "tallies-of-later-models",
        "Increments are inert on fields that do not count, uninterpreted on those left to later",
        tallies()
      ),
      (
        "held-and-unknown", "What a stranger sends in an unknown kind is held, not counted",
        heldUnknown()
      ),
    ]
  }

  private static func founded(_ roles: [String], devices: Int) -> Scene {
    var scene = Scene()
    scene.certify(Names.authority, of: nil)
    for number in 1...devices { scene.certify(number, of: min(number, roles.count)) }
    scene.seal(Scene.founding(roles), by: Names.authority)
    return scene
  }

  /// Batch 1 is the trunk of replica 1; 2 and 3 are its branches.
  private static func forked(_ roles: [String] = ["peer", "lead"], devices: Int = 2) -> Scene {
    var scene = founded(roles, devices: devices)
    scene.seal([Scene.judgement(of: 1, "met", standard: "T")], by: 1, deps: [0])
    scene.seal([Scene.judgement(of: 1, "met", standard: "X")], by: 1, after: 1)
    scene.seal(
      [Scene.judgement(of: 1, "met", standard: "Y"), Scene.judgement(of: 1, "met", standard: "Z")],
      by: 1,
      after: 1
    )
    return scene
  }

  private static func forkBehindCut() -> Scene {
    var scene = founded(["peer", "lead"], devices: 2)
    scene.seal([Scene.judgement(of: 1, "met", standard: "T")], by: 1, deps: [0])
    let rest = (0..<3).map { Scene.judgement(of: 1, "met", standard: "X\($0)") }
    scene.seal(rest, by: 1, after: 1)
    scene.seal([scene.revocation(1, cut: [2])], by: Names.authority, after: 0, deps: [2])
    scene.seal([Scene.judgement(of: 1, "not-met", standard: "T", over: [.int(1)])], by: 1, after: 1)
    return scene
  }

  private static func removalOnBranch() -> Scene {
    var scene = forked()
    let over: [Value] = [.int(5)]
    scene.seal(
      [scene.removal(1, cut: [3], over: over)],
      by: Names.authority,
      after: 0,
      deps: [2, 3]
    )
    scene.seal([Scene.judgement(of: 1, "not-met", standard: "W")], by: 1, after: 3)
    return scene
  }

  private static func cutAtTrunk() -> Scene {
    var scene = forked()
    scene.seal([scene.revocation(1, cut: [1])], by: Names.authority, after: 0, deps: [2, 3])
    return scene
  }

  private static func cutNamesNothing() -> Scene {
    var scene = founded(["peer"], devices: 1)
    scene.seal([Scene.judgement(of: 1, "met")], by: 1, deps: [0])
    let nobodys = Dependency(
      replica: Names.replica(1),
      lastCounter: 1,
      hashPrefix: Hash256.plain([0]).prefix
    )
    let value = Value.object(["because": .string("Lost."), "cut": .list([nobodys.value])])
    let slot = Names.replica(1).text
    let revocation = Scene.set(.string("visit"), "revoked", value, slot: slot)
    scene.seal([revocation], by: Names.authority, after: 0, deps: [1])
    return scene
  }

  private static func cutNamedLater() -> Scene {
    var scene = founded(["peer"], devices: 1)
    scene.seal([Scene.judgement(of: 1, "met")], by: 1, deps: [0])
    scene.seal([Scene.judgement(of: 1, "met", standard: "B2")], by: 1, after: 1)
    scene.seal([Scene.judgement(of: 1, "met", standard: "C3")], by: 1, after: 2)
    scene.seal([scene.revocation(1, cut: [2])], by: Names.authority, after: 0)
    return scene
  }

  private static func unknownRole() -> Scene {
    var scene = founded(["peer"], devices: 1)
    scene.seal([Scene.judgement(of: 1, "met")], by: 1, deps: [0])
    scene.seal([Scene.member(1, "boss", over: [.int(5)])], by: Names.authority, after: 0)
    return scene
  }

  private static func twoAuthorities() -> Scene {
    var scene = founded(["peer"], devices: 1)
    scene.certify(8, of: nil)
    let other = [Names.replica(Names.authority).text]
    let demoted = Scene.member(1, "observer", over: [.list([.int(0), .int(5)])])
    scene.seal([demoted], by: 8, deps: [0], who: other)
    scene.seal([Scene.judgement(of: 1, "met")], by: 1, deps: [0])
    return scene
  }

  private static func trunkByBranch() -> Scene {
    var scene = forked()
    let judgement = Value.string("standard:T")
    let value = Value.object([
      "because": .string("Seen."), "is": .string("met"), "under": .string("2026"),
    ])
    let cites: Scene.Members = [
      ("cites", .list([.list([.int(0), .int(1)]), .list([.int(1), .int(3)])]))
    ]
    scene.seal(
      [Scene.set(judgement, "resolution", value, cites)],
      by: 2,
      deps: [0, 2, 3],
      who: [scene.branch(2), scene.branch(3)]
    )
    return scene
  }

  private static func ownOtherBranch() -> Scene {
    var scene = forked()
    let over: [Value] = [.list([.int(0), .int(2)]), .int(2)]
    scene.seal(
      [Scene.judgement(of: 1, "not-met", standard: "X", over: over)],
      by: 1,
      after: 3,
      deps: [2],
      who: [scene.branch(2)]
    )
    return scene
  }

  private static func forkOfFork() -> Scene {
    var scene = forked()
    scene.seal([Scene.judgement(of: 1, "met", standard: "P")], by: 1, after: 3)
    scene.seal([Scene.judgement(of: 1, "met", standard: "Q")], by: 1, after: 3)
    let who = [scene.branch(1), scene.branch(3), scene.branch(4), Names.replica(1).text]
    let named: [(Int64, Int64)] = [(0, 1), (0, 2), (1, 3), (1, 4), (2, 4), (2, 1), (3, 1)]
    let operations = named.map { index, counter in
      Scene.set(
        .string("service"),
        "name",
        .string("\(index) \(counter)"),
        over: [.list([.int(index), .int(counter)])]
      )
    }
    scene.seal(operations, by: 2, deps: [0, 2, 4, 5], who: who)
    scene.seal(operations, by: 2, after: 6, who: who)
    return scene
  }

  private static func movedAndSealed() -> Scene {
    var scene = founded(["peer", "lead"], devices: 2)
    scene.certify(3, of: 1, by: 1)
    let add = Scene.add("evidence", in: .string("visit"), .object(["title": .string("Rota")]))
    scene.seal([Scene.judgement(of: 1, "met")], by: 1, deps: [0])
    let old = [Names.replica(1).text]
    let was: Scene.Members = [("was", .list([.int(0), .int(2)]))]
    scene.seal([add + was], by: 3, deps: [0, 1], who: old)
    scene.seal([add], by: 1, after: 1)
    scene.seal([Scene.set(.int(1), "title", .string("New"), over: [.int(1)])], by: 3, after: 2)
    let seen = Value.list([.int(0), .int(2)])
    scene.seal([Scene.set(seen, "kind", .string("list"))], by: 2, deps: [0, 3], who: old)
    return scene
  }

  private static func movedEdited() -> Scene {
    var scene = founded(["peer", "lead"], devices: 2)
    scene.certify(3, of: 1, by: 1)
    scene.seal([Scene.judgement(of: 1, "met")], by: 1, deps: [0])
    let was: Scene.Members = [("was", .list([.int(0), .int(2)]))]
    let fields = Value.object(["title": .string("Rota")])
    let add = Scene.add("evidence", in: .string("visit"), fields, was)
    scene.seal([add], by: 3, deps: [0, 1], who: [Names.replica(1).text])
    let place = Value.list([.int(0), .int(1)])
    let edit = Scene.set(place, "title", .string("New"), over: [place])
    let lost = Scene.set(.list([.int(1), .int(2)]), "title", .string("Lost"))
    scene.seal(
      [edit, lost],
      by: 2,
      deps: [0, 1, 2],
      who: [Names.replica(3).text, Names.replica(1).text]
    )
    return scene
  }

  private static func ownSlot() -> Scene {
    var scene = founded(["peer", "lead"], devices: 2)
    let value = Value.object(["is": .string("met"), "under": .string("2026")])
    let signed = Scene.set(.string("standard:A1.2"), "judgement", value, slot: "@")
    scene.seal([signed], by: 1, deps: [0])
    let over: [Value] = [.int(1)]
    scene.seal([Scene.judgement(of: 1, "not-met", over: over)], by: 1, after: 1)
    scene.seal([signed], by: 2, deps: [0])
    return scene
  }

  private static func tallies() -> Scene {
    var scene = founded(["peer"], devices: 1)
    func inc(_ at: Value, _ field: String) -> Scene.Members {
      [("k", .string("inc")), ("at", at), ("f", .string(field)), ("by", .int(1))]
    }
    let insertion: Scene.Members = [
      ("k", .string("ins")), ("at", .string("visit")), ("f", .string("summary")),
      ("side", .string("R")), ("v", .object([:])),
    ]
    scene.seal(
      [
        Scene.add("tally", in: .string("standard:A1"), .object([:])), inc(.int(1), "confirmed"),
        Scene.add("evidence", in: .string("visit"), .object([:])), inc(.int(3), "title"),
        inc(.int(3), "confirmed"), inc(.string("nothing"), "title"),
        inc(.string("standard:A1"), "interval"), insertion, inc(.int(4), "title"),
      ],
      by: 1,
      deps: [0]
    )
    return scene
  }

  private static func heldUnknown() -> Scene {
    var scene = founded(["peer"], devices: 1)
    scene.certify(4, of: 4)
    scene.seal(
      [[("k", .string("later"))], [("k", .string("set"))], Scene.judgement(of: 4, "met")],
      by: 4,
      deps: [0]
    )
    let at = Value.list([.int(0), .int(1)])
    scene.seal(
      [Scene.set(at, "title", .string("x"))],
      by: 1,
      deps: [0, 1],
      who: [Names.replica(4).text]
    )
    return scene
  }
}
