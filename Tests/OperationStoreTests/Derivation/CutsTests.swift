import Convergence
import OperationStore
import SyncProtocol
import TestSupport
import Testing

/// What the authority says of operations may come before them, behind them, or long after.
@Suite("Removals, roles and releases in every order")
struct CutsTests {
  /// What every order of arrival comes to, merged step by step and derived again.
  private func settled(
    _ scene: Scene,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> (cells: MemoryCells, held: Int) {
    let orders = Orders.linearExtensions(scene.entries.count) { scene.precedes($0, $1) }
    #expect((2...5_000).contains(orders.count), sourceLocation: sourceLocation)
    var first: Value?
    var last: VisitBench?
    for order in orders {
      let bench = try VisitBench(scene)
      for index in order {
        let code = try bench.admit(index).code
        #expect(["ok", "held", "fork"].contains(code), sourceLocation: sourceLocation)
      }
      let merged = try bench.final()
      try bench.rederive()
      let derived = try bench.final()
      guard merged == (first ?? merged), merged == derived else {
        Issue.record("the order \(order) comes to something else", sourceLocation: sourceLocation)
        continue
      }
      first = merged
      last = bench
    }
    let bench = try #require(last)
    let held = try bench.store.notices(of: bench.visit).count { $0.effect == .held }
    return (try bench.store.cells(of: bench.visit), held)
  }

  private func founded(_ roles: String..., devices: Int = 2) -> Scene {
    var scene = Scene()
    scene.certify(Names.authority, of: nil)
    for number in 1...devices { scene.certify(number, of: min(number, roles.count)) }
    scene.seal(Scene.founding(roles), by: Names.authority)
    return scene
  }

  private func name(_ text: String, over: [Value] = []) -> Scene.Members {
    Scene.set(.string("service"), "name", .string(text), over: over)
  }

  private func names(_ cells: MemoryCells) -> [String] {
    cells[CellKey(.named("service"), "name")].siblings.compactMap(\.value.string).sorted()
  }

  private func judged(_ cells: MemoryCells, _ person: Int, _ standard: String) -> [String] {
    let slot = Names.person(person).text
    let key = CellKey(.named("standard:\(standard)"), "judgement", slot: slot)
    return cells[key].siblings.compactMap { $0.value["is"]?.string }.sorted()
  }

  @Test(
    "A removal that arrives after a removed person's overwrite brings the overwritten value back"
  )
  func overwrittenComesBack() throws {
    var scene = founded("peer", "lead")
    scene.seal([name("North")], by: 2, deps: [0])
    let other = Names.replica(2).text
    scene.seal(
      [name("South", over: [.list([.int(0), .int(1)])])],
      by: 1,
      deps: [0, 1],
      who: [other]
    )
    var kept = scene
    kept.seal([kept.removal(1, cut: [2], over: [.int(5)])], by: Names.authority, after: 0)
    #expect(names(try settled(kept).cells) == ["South"])
    scene.seal([scene.removal(1, cut: [], over: [.int(5)])], by: Names.authority, after: 0)
    let (cells, held) = try settled(scene)
    #expect(names(cells) == ["North"] && held == 1)
  }

  @Test("A release takes hold whether it comes before the removal, the work, or both")
  func release() throws {
    var scene = founded("peer", "lead")
    scene.seal([Scene.judgement(of: 1, "met", standard: "A")], by: 1, deps: [0])
    scene.seal([Scene.judgement(of: 1, "met", standard: "B")], by: 1, after: 1)
    scene.seal([Scene.judgement(of: 1, "met", standard: "C")], by: 1, after: 2)
    scene.certify(8, of: nil)
    scene.seal([scene.removal(1, cut: [1], over: [.int(5)])], by: Names.authority, after: 0)
    scene.seal([scene.decision("release", 1, [2])], by: 8)
    let (cells, held) = try settled(scene)
    #expect(judged(cells, 1, "A") == ["met"] && judged(cells, 1, "B") == ["met"])
    #expect(judged(cells, 1, "C").isEmpty && held == 1)
  }

  @Test("Nobody who built on held work is blocked, and all of it meets once it is released")
  func chain() throws {
    var scene = founded("peer", "lead")
    scene.seal([name("North")], by: 1, deps: [0])
    let one = Names.replica(1).text
    scene.seal(
      [name("South", over: [.list([.int(0), .int(1)])])],
      by: 2,
      deps: [0, 1],
      who: [one]
    )
    scene.seal(
      [name("East", over: [.list([.int(0), .int(1)])])],
      by: 1,
      after: 1,
      deps: [2],
      who: [Names.replica(2).text]
    )
    scene.seal(
      [name("West", over: [.list([.int(0), .int(2)])])],
      by: 2,
      after: 2,
      deps: [3],
      who: [one]
    )
    scene.seal([scene.removal(1, cut: [], over: [.int(5)])], by: Names.authority, after: 0)
    #expect(names(try settled(scene).cells) == ["South", "West"])
    scene.seal(
      [scene.decision("release", 1, [3], from: 1)],
      by: Names.authority,
      after: scene.entries.count - 1
    )
    let (cells, held) = try settled(scene)
    #expect(names(cells) == ["West"] && held == 0)
  }

  @Test("A release of one branch of a copied device leaves the other held, in every order")
  func releasedBranch() throws {
    var scene = founded("peer", "lead")
    scene.seal([Scene.judgement(of: 1, "met", standard: "T")], by: 1, deps: [0])
    scene.seal([Scene.judgement(of: 1, "met", standard: "X")], by: 1, after: 1)
    scene.seal([Scene.judgement(of: 1, "met", standard: "Y")], by: 1, after: 1)
    scene.seal([scene.removal(1, cut: [1], over: [.int(5)])], by: Names.authority, after: 0)
    scene.seal([scene.decision("release", 1, [3], from: 1)], by: Names.authority, after: 4)
    let (cells, held) = try settled(scene)
    #expect(judged(cells, 1, "Y") == ["met"] && judged(cells, 1, "X").isEmpty && held == 1)
    #expect(judged(cells, 1, "T") == ["met"])
  }

  @Test("A release of a batch that nobody has releases nothing, whatever its counters say")
  func releasedNothing() throws {
    var scene = founded("peer", "lead")
    scene.seal([Scene.judgement(of: 1, "met", standard: "A")], by: 1, deps: [0])
    var elsewhere = scene
    elsewhere.seal([Scene.judgement(of: 1, "met", standard: "Z")], by: 1, deps: [])
    let release = elsewhere.decision("release", 1, [2])
    scene.seal([scene.removal(1, cut: [], over: [.int(5)])], by: Names.authority, after: 0)
    scene.seal([release], by: Names.authority, after: 2)
    let (cells, held) = try settled(scene)
    #expect(judged(cells, 1, "A").isEmpty && held == 1)
  }

  @Test(
    "A change of role with a cut divides what came before from what comes later, in every order"
  )
  func role() throws {
    var scene = founded("peer", "lead")
    scene.seal([Scene.judgement(of: 1, "met", standard: "A")], by: 1, deps: [0])
    scene.seal([Scene.judgement(of: 1, "met", standard: "B")], by: 1, after: 1)
    scene.seal([Scene.judgement(of: 2, "met", standard: "A")], by: 2, deps: [0])
    scene.seal(
      [scene.role(1, "observer", cut: [1], over: [.int(5)])],
      by: Names.authority,
      after: 0
    )
    let (cells, held) = try settled(scene)
    #expect(judged(cells, 1, "A") == ["met"] && judged(cells, 1, "B").isEmpty && held == 0)
    #expect(judged(cells, 2, "A") == ["met"])
  }

  @Test("A join gives effect to what either wrote in the other's slot, before it and after")
  func join() throws {
    var scene = founded("peer", "peer")
    scene.seal([Scene.judgement(of: 2, "met", standard: "A")], by: 1, deps: [0])
    scene.seal([Scene.judgement(of: 1, "met", standard: "A")], by: 2, deps: [0])
    #expect(judged(try settled(scene).cells, 2, "A").isEmpty)
    scene.seal([Scene.join(1, with: 2)], by: Names.authority, after: 0)
    let cells = try settled(scene).cells
    #expect(judged(cells, 1, "A") == ["met"] && judged(cells, 2, "A") == ["met"])
  }
}
