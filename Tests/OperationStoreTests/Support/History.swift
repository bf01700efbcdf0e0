import Convergence
import SyncProtocol
import TestSupport

/// A visit as chance makes it.
///
/// People write, exchange what they have, copy their devices, move to new ones; the server changes
/// the roster.
///
/// Every author names as seen exactly what it had. So whatever order the batches arrive in, each
/// after what it builds on, everybody must come to the same.
struct History {
  /// One store of a device: a copied device is two of these under one key.
  private struct Writer {
    let number: Int
    let person: Int?
    var head: Int?
    var view: Set<Int>
    var named: Set<Int> = []
  }

  /// What a history holds besides plain work.
  struct Options: Hashable {
    var people = 3
    var replicas = 4
    var batches = 14
    var forks = true
    var moves = true
    var roster = true
    var decisions = false
  }

  private(set) var scene = Scene()
  private var writers: [Writer] = []
  private var random: SeededGenerator
  private let options: Options

  /// Every operation written to a cell or making an item, with its place.
  private var writes: [(batch: Int, index: Int, cell: String)] = []
  private var items: [(batch: Int, index: Int, type: String)] = []
  private var roster: [String: [(batch: Int, index: Int)]] = [:]

  init(seed: UInt64, _ options: Options = Options()) {
    random = SeededGenerator(seed: seed)
    self.options = options
    let roles = (0..<options.people).map { ["lead", "peer", "lay", "observer"][$0 % 4] }
    scene.certify(Names.authority, of: nil)
    let first = scene.seal(Scene.founding(roles), by: Names.authority)
    writers.append(Writer(number: Names.authority, person: nil, head: first, view: [first]))
    for index in roles.indices {
      let name = Names.person(index + 1).text
      roster["member|\(name)"] = [(first, 4 + index)]
    }
    for number in 1...options.replicas {
      // One person more than there are members now and then: a stranger.
      let isStranger = random.chance(1, in: 12)
      let person = isStranger ? options.people + 1 : (number - 1) % options.people + 1
      scene.certify(number, of: person)
      writers.append(Writer(number: number, person: person, head: nil, view: [first]))
    }
    while scene.entries.count < options.batches { step() }
  }

  private mutating func step() {
    let index = random.below(writers.count)
    let isPerson = writers[index].person != nil
    switch random.below(14) {
    case 0..<4:
      let other = random.below(writers.count)
      writers[index].view.formUnion(writers[other].view)
    case 4..<6 where options.forks && isPerson:
      // A copy of a device, and both go on.
      writers.append(writers[index])
      work(index)
      work(writers.count - 1)
    case 6 where options.moves && isPerson: succeed(writers[index])
    case 7..<9 where options.roster: changeRoster()
    default:
      if isPerson { work(index) }
    }
  }

  /// A new replica of the same person takes over what the old one had not sealed.
  private mutating func succeed(_ old: Writer) {
    let number = 100 + writers.count
    scene.certify(number, of: old.person, by: random.chance(1, in: 2) ? 0 : old.number)
    var writer = Writer(number: number, person: old.person, head: nil, view: old.view)
    let person = old.person ?? 1
    let last = old.head.map { scene.entries[$0].batch.lastCounter } ?? 0
    let copies = writers.contains { $0.number == old.number && $0.head != old.head }
    let text = random.pick(["Rota", "List"])
    let moved = Scene.judgement(of: person, "met", standard: text)
    let was: Scene.Members = [("was", .list([.int(0), .int(last + 1)]))]
    let table =
      copies && old.head != nil
      ? scene.branch(old.head ?? 0) : Names.replica(old.number).text
    let operations = [
      moved + was, Scene.add("evidence", in: .string("visit"), .object(["title": .string(text)])),
    ]
    seal(operations, &writer, who: [table])
    items.append((scene.entries.count - 1, 1, "evidence"))
    writers.append(writer)
    // Sometimes the old one had sealed it after all.
    if random.chance(1, in: 2), let index = writers.firstIndex(where: { $0.number == old.number }) {
      var original = writers[index]
      seal([moved], &original, who: [])
      writers[index] = original
    }
  }

  private mutating func seal(_ operations: [Scene.Members], _ writer: inout Writer, who: [String]) {
    let own = Names.replica(writer.number)
    let chain = self.chain(of: writer.head)
    var deps: [Int] = []
    for index in writer.view.sorted() where !writer.named.contains(index) {
      let entry = scene.entries[index]
      if entry.batch.replica == own, chain.contains(index) { continue }
      let isLast = !writer.view.contains { scene.entries[$0].previous == index }
      if isLast { deps.append(index) }
    }
    let sealed = scene.seal(
      operations,
      by: writer.number,
      after: writer.head,
      deps: deps,
      who: who,
      clock: Names.clock + Int64(random.int(in: -500...500))
    )
    writer.named.formUnion(writer.view)
    writer.view.insert(sealed)
    writer.named.insert(sealed)
    writer.head = sealed
  }

  private func chain(of head: Int?) -> Set<Int> {
    var chain: Set<Int> = []
    var next = head
    while let index = next {
      chain.insert(index)
      next = scene.entries[index].previous
    }
    return chain
  }

  // MARK: Work

  private mutating func work(_ index: Int) {
    var writer = writers[index]
    var who: [String] = []
    var operations: [Scene.Members] = []
    let count = 1 + random.below(3)
    var made: [(cell: String?, type: String?)] = []
    for _ in 0..<count {
      let (operation, cell, type) = operation(writer, &who)
      operations.append(operation)
      made.append((cell, type))
    }
    seal(operations, &writer, who: who)
    let batch = scene.entries.count - 1
    for (place, made) in made.enumerated() {
      if let cell = made.cell { writes.append((batch, place, cell)) }
      if let type = made.type { items.append((batch, place, type)) }
    }
    writers[index] = writer
  }

  private mutating func operation(
    _ writer: Writer,
    _ who: inout [String]
  ) -> (Scene.Members, cell: String?, type: String?) {
    let person = random.chance(1, in: 15) ? random.int(in: 1...options.people) : writer.person ?? 1
    let outcome = random.pick(["met", "not-met", "not-applicable"])
    let standard = random.pick(["A1.2", "B2"])
    switch random.below(10) {
    case 0..<4:
      let cell = "judgement|\(standard)|\(person)"
      let over = over(cell, writer, &who)
      return (Scene.judgement(of: person, outcome, standard: standard, over: over), cell, nil)
    case 4:
      let cell = "resolution|\(standard)"
      let value = Value.object([
        "because": .string("Seen."), "is": .string(outcome), "under": .string("2026"),
      ])
      let cites = over("judgement|\(standard)|\(random.int(in: 1...options.people))", writer, &who)
      let more: Scene.Members = cites.isEmpty ? [] : [("cites", .list(cites))]
      let record = Value.string("standard:\(standard)")
      let over = over(cell, writer, &who)
      return (Scene.set(record, "resolution", value, over: over, more), cell, nil)
    case 5:
      let fields = Value.object(["title": .string(random.pick(["Rota", "List"]))])
      return (Scene.add("evidence", in: .string("visit"), fields), nil, "evidence")
    case 6:
      let within = item(writer, &who) ?? .string("standard:\(standard)")
      let fields = Value.object(["text": .string("Why?")])
      return (Scene.add("comment", in: within, fields), nil, "comment")
    case 7:
      guard let item = item(writer, &who) else { fallthrough }
      let title = Value.string(random.pick(["Rota", "Plan", ""]))
      return (Scene.set(item, "title", title), nil, nil)
    case 8:
      let cell = "service|name"
      let over = over(cell, writer, &who)
      return (Scene.set(.string("service"), "name", .string("S"), over: over), cell, nil)
    default:
      return ([("k", .string(random.pick(["later", "inc", "set"]))), ("d", .int(3))], nil, nil)
    }
  }

  /// References to some of what the writer sees in a cell.
  private mutating func over(
    _ cell: String,
    _ writer: Writer,
    _ who: inout [String]
  ) -> [Value] {
    let visible = writes.filter { $0.cell == cell && writer.view.contains($0.batch) }
    let some = random.chance(3, in: 4) ? visible : random.subset(visible)
    return some.suffix(4).map { reference($0.batch, $0.index, writer, &who) }
  }

  private mutating func item(_ writer: Writer, _ who: inout [String]) -> Value? {
    let visible = items.filter { writer.view.contains($0.batch) }
    guard !visible.isEmpty else { return nil }
    let item = random.pick(visible)
    return reference(item.batch, item.index, writer, &who)
  }

  /// An operation as its author refers to it: a counter of the own chain, or a stream of the table,
  /// named by a batch of its branch where the author sees several.
  private func reference(
    _ batch: Int,
    _ index: Int,
    _ writer: Writer,
    _ who: inout [String]
  ) -> Value {
    let entry = scene.entries[batch]
    let counter = Value.int(entry.batch.firstCounter + Int64(index))
    if chain(of: writer.head).contains(batch) { return counter }
    let ends = writer.view.filter { end in
      scene.entries[end].batch.replica == entry.batch.replica
        && !writer.view.contains { scene.entries[$0].previous == end }
    }
    let stream = ends.count > 1 ? scene.branch(batch) : entry.batch.replica.text
    let place = who.firstIndex(of: stream) ?? who.endIndex
    if place == who.endIndex { who.append(stream) }
    return .list([.int(Int64(place)), counter])
  }

  // MARK: Roster

  private mutating func changeRoster() {
    var writer = writers[0]
    // The server has most of what there is.
    for other in writers where random.chance(1, in: 2) { writer.view.formUnion(other.view) }
    let person = random.int(in: 1...options.people + 1)
    let key = "member|\(Names.person(person).text)"
    let heads = writer.view.sorted().filter { index in
      !writer.view.contains { scene.entries[$0].previous == index }
        && scene.entries[index].batch.replica != Names.replica(Names.authority)
    }
    if options.decisions, random.chance(1, in: 2) {
      decide(&writer, heads)
      writers[0] = writer
      return
    }
    let operation: Scene.Members
    let cell: String
    switch random.below(4) {
    case 0:
      let over = standing(key)
      operation = scene.removal(person, cut: random.subset(heads), over: over)
      cell = key
    case 1:
      let number = random.int(in: 1...options.replicas)
      cell = "revoked|\(number)"
      operation = scene.revocation(number, cut: random.subset(heads), over: standing(cell))
    default:
      let role = random.pick(["lead", "peer", "lay", "observer", "boss"])
      operation = Scene.member(person, role, over: standing(key))
      cell = key
    }
    seal([operation], &writer, who: [])
    roster[cell, default: []] = [(scene.entries.count - 1, 0)]
    writers[0] = writer
  }

  /// A role with a cut, what is held released or refused, or two people made one.
  private mutating func decide(_ writer: inout Writer, _ heads: [Int]) {
    let person = random.int(in: 1...options.people + 1)
    let operation: Scene.Members
    let cell: String
    switch random.below(6) {
    case 0..<2:
      cell = "member|\(Names.person(person).text)"
      let role = random.pick(["lead", "peer", "observer"])
      operation = scene.role(person, role, cut: random.subset(heads), over: standing(cell))
    case 2:
      cell = "joined|\(person)"
      let other = random.int(in: 1...options.people + 1)
      operation = Scene.join(person, with: other, over: standing(cell))
    default:
      let number = random.int(in: 1...options.replicas)
      let field = random.pick(["release", "release", "refuse"])
      cell = "\(field)|\(number)"
      let replica = Names.replica(number)
      let own = scene.entries.indices.filter { scene.entries[$0].batch.replica == replica }
      operation = scene.decision(
        field,
        number,
        random.subset(own),
        from: random.pick([nil, 1, 2]),
        over: standing(cell)
      )
    }
    seal([operation], &writer, who: [])
    roster[cell, default: []] = [(scene.entries.count - 1, 0)]
  }

  private mutating func standing(_ cell: String) -> [Value] {
    guard random.chance(4, in: 5) else { return [] }
    return (roster[cell] ?? []).map {
      .int(scene.entries[$0.batch].batch.firstCounter + Int64($0.index))
    }
  }

  /// An order of arrival in which each batch comes after what it builds on.
  func order(_ random: inout SeededGenerator) -> [Int] {
    let scene = scene
    return Orders.linearExtension(scene.entries.count, using: &random) {
      scene.precedes($0, $1)
    }
  }
}
