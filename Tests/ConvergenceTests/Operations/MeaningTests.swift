import Convergence
import TestSupport
import Testing

@Suite("Meaning")
struct MeaningTests {
  // MARK: Every interleaving

  /// Applies deeds in an order and compares with the model, effect by effect and cell by cell.
  private func derive(
    _ deeds: [Deed],
    order: [Int],
    holding held: [Int],
    model: DeedModel
  ) throws -> MemoryCells {
    let authority = Deed.authority(holding: held)
    var table = MemoryCells()
    var forgetful = ForgetfulCells()
    for index in order {
      let operation = deeds[index].operation
      let expected = model.effects[operation.dot]
      // Kept only where it must not change: a second copy makes every write copy the table.
      let before = expected == .effective ? nil : table
      let effect = Deed.meaning.apply(operation, authority: authority, to: &table)
      try demandEqual(effect, expected, "the effect of \(deeds[index])")
      if let before {
        // A mark stands beside the state: it is not part of it.
        let state = MemoryCells(table.cells.filter { !$0.key.isMark })
        let earlier = MemoryCells(before.cells.filter { !$0.key.isMark })
        try demandEqual(state, earlier, "no effect, yet it wrote: \(deeds[index])")
      }
      _ = Deed.meaning.apply(operation, authority: authority, to: &forgetful)
    }
    let values = table.cells.filter { !$0.key.isMark }.mapValues(\.siblings)
      .filter { !$0.value.isEmpty }
    try demandEqual(values, model.values, "the state of \(deeds) in the order \(order)")
    let kept = forgetful.values.filter { !$0.key.isMark && !$0.value.isEmpty }
    try demandEqual(kept, model.values, "the state of a table that forgets")
    return table
  }

  /// All the deeds that the next author could do, knowing what they know.
  private func choices(_ deeds: [Deed], _ history: SmallHistory, notes: Bool) -> [Deed] {
    let index = deeds.count
    let seen = history.steps[index].seen.map { deeds[$0] }
    var kinds: [Deed.Kind] = [.title, .item]
    for item in seen where item.isAddition {
      kinds += [.text(item.dot), .reply(item.dot)] + (notes ? [.note(item.dot)] : [])
    }
    return kinds.map { kind in
      let dot = history.dot(index)
      let key = Deed(kind, dot, by: 0).key
      // What stands on the author's screen, held or not: a write may also name what has no effect.
      let same = seen.filter { $0.key == key }
      let removed = same.flatMap(\.over)
      let standing = same.map(\.dot).filter { !removed.contains($0) }
      return Deed(
        kind,
        dot,
        by: history.person(index),
        over: standing,
        seen: seen.map(\.dot)
      )
    }
  }

  private func all(_ history: SmallHistory, notes: Bool) -> [[Deed]] {
    var lists: [[Deed]] = [[]]
    for _ in history.steps {
      lists = lists.flatMap { deeds in choices(deeds, history, notes: notes).map { deeds + [$0] } }
    }
    return lists
  }

  private func checkEveryOrder(steps: Int, holding: [[Int]], notes: Bool) throws -> Int {
    var count = 0
    try withEvery("history", in: SmallHistory.all(steps: steps, streams: 3)) { history in
      let orders = history.linearExtensions
      try withEvery("deeds", in: all(history, notes: notes)) { deeds in
        try withEvery("held", in: holding) { held in
          let model = DeedModel(deeds, holding: held)
          let first = try derive(deeds, order: orders[0], holding: held, model: model)
          try withEvery("order", in: orders.dropFirst()) { order in
            let table = try derive(deeds, order: order, holding: held, model: model)
            try demandEqual(table, first, "the order decides")
          }
          count += orders.count
        }
      }
    }
    return count
  }

  @Test("Every interleaving of every history of up to three writes and items leads to one state")
  func everyInterleavingOfThree() throws {
    for steps in 0...2 {
      _ = try checkEveryOrder(steps: steps, holding: [[], [0], [1]], notes: true)
    }
    let count = try checkEveryOrder(steps: 3, holding: [[], [0], [1]], notes: true)
    #expect(count == 2352)
  }

  @Test("Every interleaving of every history of four writes and items leads to one state")
  func everyInterleavingOfFour() throws {
    let count = try checkEveryOrder(steps: 4, holding: [[]], notes: false)
    #expect(count == 36_908)
  }

  // MARK: Generated histories

  private func deeds(_ random: inout SeededGenerator) -> [Deed] {
    var deeds: [Deed] = []
    for _ in 0..<random.int(in: 1...12) {
      let stream = StreamID.of(random.below(2), branch: random.chance(1, in: 5) ? 1 : 0)
      let own = deeds.filter { $0.dot.stream == stream }
      var past = Set(own + random.subset(deeds))
      for deed in past { past.formUnion(deeds.filter { deed.seen.contains($0.dot) }) }
      let seen = deeds.filter(past.contains)
      let items = seen.filter(\.isAddition).map(\.dot)
      var kinds: [Deed.Kind] = [.title, .item, .unknown, .malformed]
      for item in items { kinds += [.text(item), .note(item), .reply(item)] }
      let kind = random.pick(kinds)
      let dot = Dot(
        replica: stream.replica,
        counter: Int64(own.count + 1),
        branch: stream.branch
      )
      let key = Deed(kind, dot, by: 0).key
      let over = key == nil ? [] : random.subset(seen.filter { $0.key == key }.map(\.dot))
      deeds.append(
        Deed(kind, dot, by: random.below(3), over: over, seen: seen.map(\.dot))
      )
    }
    return deeds
  }

  private func checkDeeds(_ deeds: [Deed]) throws {
    for held in [[], [0], [0, 2]] {
      let model = DeedModel(deeds, holding: held)
      var tables: Set<MemoryCells> = []
      for seed in 0..<4 {
        var random = SeededGenerator(seed: UInt64(seed))
        let order = Orders.linearExtension(deeds.count, using: &random) {
          deeds[$1].seen.contains(deeds[$0].dot)
        }
        tables.insert(try derive(deeds, order: order, holding: held, model: model))
      }
      try demandEqual(tables.count, 1, "the order decides what is remembered")
    }
  }

  @Test("Generated histories with forks, holds and unknown kinds lead to one state in any order")
  func generatedHistories() throws {
    try checkProperty(generate: deeds, property: checkDeeds)
  }

  // MARK: Examples

  @Test("Nothing can be said of an item that does not exist, nor in answer to it")
  func absentItem() {
    var table = MemoryCells()
    let missing = Dot.of(1, 1)
    for (kind, effect) in [
      (Deed.Kind.text(missing), Effect.inert(.record)), (.note(missing), .inert(.record)),
      (.reply(missing), .inert(.reference)),
    ] {
      let operation = Deed(kind, .of(0, 1), by: 0).operation
      #expect(Deed.meaning.apply(operation, authority: Authority(), to: &table) == effect)
    }
    #expect(table == MemoryCells())
  }

  @Test("An item whose author is held does not exist, and appears once nobody holds the author")
  func heldItem() {
    let deeds = [
      Deed(.item, .of(0, 1), by: 0),
      Deed(.text(.of(0, 1)), .of(1, 1), by: 1, over: [.of(0, 1)], seen: [.of(0, 1)]),
    ]
    let effects = [[0], []].map { held in
      var table = MemoryCells()
      let authority = Deed.authority(holding: held)
      return deeds.map { Deed.meaning.apply($0.operation, authority: authority, to: &table) }
    }
    #expect(effects == [[.held, .inert(.record)], [.effective, .effective]])
  }

  @Test("What is held, inert or not interpreted leaves the state untouched")
  func withoutEffect() {
    var table = MemoryCells()
    let item = Deed(.item, .of(0, 1), by: 0).operation
    #expect(Deed.meaning.apply(item, authority: Authority(), to: &table) == .effective)
    let before = table
    let authority = Deed.authority(holding: [2])
    let deeds: [(Deed, Effect)] = [
      (Deed(.title, .of(2, 1), by: 2), .held), (Deed(.item, .of(2, 2), by: 2), .held),
      (Deed(.note(.of(0, 1)), .of(1, 1), by: 1), .inert(.author)),
      (Deed(.malformed, .of(1, 2), by: 1), .inert(.shape)),
      (Deed(.unknown, .of(1, 3), by: 1), .uninterpreted),
      // The person is judged before the kind: what a stranger sends is held, readable or not.
      (Deed(.malformed, .of(2, 3), by: 2), .held), (Deed(.unknown, .of(2, 4), by: 2), .held),
    ]
    for (deed, effect) in deeds {
      #expect(Deed.meaning.apply(deed.operation, authority: authority, to: &table) == effect)
      // What is not interpreted leaves a mark beside the state, and nothing in it.
      let state = table.cells.filter { !$0.key.isMark }
      #expect(state == before.cells, "\(deed)")
    }
  }

  @Test("An addition writes its existence and each field that it gives, with its own dot")
  func addition() {
    var table = MemoryCells()
    let fields = [
      Addition.Field(name: "text", value: .string("a")),
      Addition.Field(name: "tag", slot: "x", value: .bool(true)),
    ]
    let operation = Operation(
      dot: .of(0, 1),
      person: Cast.person(1),
      clock: 9,
      action: .add(Addition(type: "finding", within: .named("visit"), fields: fields)),
      cites: [.of(1, 2)]
    )
    #expect(Deed.meaning.apply(operation, authority: Authority(), to: &table) == .effective)
    let existence = Item.existenceKey(of: .of(0, 1))
    let text = CellKey(.item(.of(0, 1)), "text")
    let tag = CellKey(.item(.of(0, 1)), "tag", slot: "x")
    #expect(Set(table.cells.keys) == [existence, text, tag])
    let values: [CellKey: Value] = [
      existence: .object(["of": .string("finding"), "in": .string("visit")]),
      text: .string("a"), tag: .bool(true),
    ]
    for (key, value) in values {
      let sibling = Sibling(
        dot: .of(0, 1),
        person: Cast.person(1),
        clock: 9,
        value: value,
        cites: [.of(1, 2)]
      )
      #expect(table[key] == Cell(siblings: [sibling]))
    }
  }

  @Test("A rule is given exactly the items that the operation names and that exist, once each")
  func context() {
    let items: [Dot] = [.of(0, 1), .of(0, 2), .of(0, 3)]
    var table = MemoryCells()
    for dot in items.dropLast() {
      _ = Deed.meaning.apply(Deed(.item, dot, by: 2).operation, authority: Authority(), to: &table)
    }
    let meaning = Meaning(version: 2) { operation, context in
      context.items.map(\.dot).sorted() == operation.cites && context.item(.of(0, 3)) == nil
        && context.items.allSatisfy { context.item($0.dot) == $0 && $0.author == Cast.person(2) }
        ? .held : .inert(.value)
    }
    #expect(meaning.version == 2)
    func place(_ record: Dot, _ location: Dot?) -> Operation.Action {
      .set(Assignment(record: .item(record), field: "text", location: location, value: .int(1)))
    }
    let cases: [(Operation.Action, [Dot])] = [
      (place(items[0], items[1]), [items[0], items[1]]), (place(items[0], items[0]), [items[0]]),
      (place(items[2], items[1]), [items[1]]), (place(items[1], nil), [items[1]]),
      (
        .add(Addition(type: "a", within: .item(items[0]), replyTo: items[1])), [items[0], items[1]]
      ),
      (.add(Addition(type: "a", within: .named("visit"), replyTo: items[2])), []),
      (.add(Addition(type: "a")), []),
    ]
    for (action, expected) in cases {
      let operation = Operation(
        dot: .of(1, 1),
        person: Cast.person(0),
        clock: 0,
        action: action,
        cites: expected
      )
      #expect(meaning.apply(operation, authority: Authority(), to: &table) == .held, "\(action)")
    }
  }

  // MARK: Failing tables

  @Test("A table's failure at any call comes back, and what is assigned was not written then")
  func failingAssignment() throws {
    let operation = Deed(.title, .of(0, 1), by: 0).operation
    for call in 1...2 {
      var table = FailingCells(failingCall: call)
      #expect(throws: FailingCells.Failure(call: call)) {
        try Deed.meaning.apply(operation, authority: Authority(), to: &table)
      }
      #expect(table.cells == MemoryCells())
    }
    var table = FailingCells(failingCall: 3)
    #expect(try Deed.meaning.apply(operation, authority: Authority(), to: &table) == .effective)
  }

  @Test("An addition whose table fails half way may be half written, so the table is undone")
  func failingAddition() throws {
    let operation = Deed(.item, .of(0, 1), by: 0).operation
    for call in 1...2 {
      var table = FailingCells(failingCall: call)
      #expect(throws: FailingCells.Failure(call: call)) {
        try Deed.meaning.apply(operation, authority: Authority(), to: &table)
      }
      #expect(table.cells.cells.count == call - 1)
    }
  }
}
