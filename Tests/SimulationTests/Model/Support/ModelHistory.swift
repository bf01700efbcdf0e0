import Convergence
import SyncProtocol
import TestSupport

/// A visit by chance: people write what makes sense and what does not, exchange what they have,
/// copy their devices, move on to new ones; the server changes the roster.
struct ModelHistory {
  /// One store of a device; a device that was copied is two of them.
  struct Writer {
    let key: Int
    let person: Int
    var head: Int?
    var seen: Set<Int>
    var told: Set<Int> = []
  }

  /// What happens besides ordinary work.
  struct Options {
    var batches = 16
    var people = 3
    var devices = 4
    var hasForks = false
    var hasMoves = false
    var hasRoster = false

    /// Whether devices and servers write what no honest program would: they name little of what
    /// they saw, other branches than they mean, and cuts and moves that are nobody's.
    var hasLiars = false
    var hasJoins = false
  }

  /// What was made.
  private(set) var scene: ModelScene

  var random: SeededGenerator
  let options: Options
  var writers: [Writer] = []
  var cells: [String: [(batch: Int, index: Int)]] = [:]
  var items: [String: [(batch: Int, index: Int)]] = [:]
  var roster: [String: [(batch: Int, index: Int)]] = [:]

  /// Makes a history.
  init(seed: UInt64, _ options: Options) {
    random = SeededGenerator(seed: seed)
    self.options = options
    let roles = (0..<options.people).map { ["peer", "lead", "lay", "observer"][$0 % 4] }
    scene = ModelScene(roles: roles)
    writers = [Writer(key: ModelScene.server, person: 0, head: 0, seen: [0])]
    for person in 1...options.people { roster["member \(person)"] = [(0, person)] }
    for device in 1...max(options.devices, options.people) {
      let person = (device - 1) % options.people + 1
      if device > options.people { scene.certify(device, of: person) }
      writers.append(Writer(key: device, person: person, head: nil, seen: [0]))
    }
    if options.hasRoster {
      // Somebody who is not on the visit.
      scene.certify(60, of: options.people + 1)
      writers.append(Writer(key: 60, person: options.people + 1, head: nil, seen: [0]))
    }
    if options.hasLiars {
      scene.certify(91, of: nil)
      writers.append(Writer(key: 91, person: 0, head: nil, seen: [0]))
    }
    while scene.entries.count < options.batches { step() }
    if random.chance(1, in: 2) { close() }
  }

  /// An order of arrival in which each batch comes after what it builds on.
  func order(_ random: inout SeededGenerator) -> [Int] {
    var waiting = random.shuffle(Array(scene.entries.indices))
    var order: [Int] = []
    while !waiting.isEmpty {
      let next =
        waiting.firstIndex { index in
          let entry = scene.entries[index]
          return (entry.deps + (entry.previous.map { [$0] } ?? [])).allSatisfy(order.contains)
        } ?? waiting.startIndex
      order.append(waiting.remove(at: next))
    }
    return order
  }

  /// Somebody who has everything settles what there is.
  private mutating func close() {
    let index = random.int(in: 1...options.people)
    writers[index].seen = Set(scene.entries.indices)
    var who: [String] = []
    let settled = ["A1", "C3", "D4"].map { resolution("met", on: $0, writers[index], &who) }
    seal(settled, index, who)
  }

  private mutating func step() {
    let index = 1 + random.below(writers.count - 1)
    if writers[index].person == 0 {
      govern(index)
      return
    }
    switch random.below(12) {
    case 0..<4:
      writers[index].seen.formUnion(random.pick(writers).seen)
    case 4 where options.hasForks: copy(index)
    case 5 where options.hasMoves: move(writers[index])
    case 6 where options.hasRoster && random.chance(1, in: 2): govern(0)
    default: work(index)
    }
  }

  // MARK: Sealing

  private mutating func work(_ index: Int) {
    var who: [String] = []
    var operations: [Value] = []
    var made: [(cell: String?, item: String?)] = []
    for _ in 0..<1 + random.below(4) {
      let (operation, cell, item) = operation(of: writers[index], &who)
      operations.append(operation)
      made.append((cell, item))
    }
    let batch = seal(operations, index, who)
    for (place, made) in made.enumerated() {
      if let cell = made.cell { cells[cell, default: []].append((batch, place)) }
      if let item = made.item { items[item, default: []].append((batch, place)) }
    }
  }

  /// A device is copied, sometimes with work in it that was not sealed yet, and both go on.
  private mutating func copy(_ index: Int) {
    writers.append(writers[index])
    let person = writers[index].person
    let draft = ModelScene.judgement("met", of: person, on: "D4", because: "Before the copy.")
    let hasDraft = random.chance(1, in: 2)
    for copy in [index, writers.count - 1] {
      if hasDraft {
        let more = ModelScene.judgement("not-met", of: person, on: "\(copy)")
        let batch = seal([draft, more], copy, [], clock: ModelScene.clock)
        cells["judgement D4 \(person)", default: []].append((batch, 0))
      } else {
        work(copy)
      }
    }
  }

  @discardableResult
  private mutating func seal(
    _ operations: [Value],
    _ index: Int,
    _ who: [String],
    clock: Int64? = nil
  ) -> Int {
    var writer = writers[index]
    let own = chain(writer.head)
    let ends = writer.seen.filter { end in
      !own.contains(end) && !writer.told.contains(end)
        && !writer.seen.contains { scene.entries[$0].previous == end }
    }
    let isLiar = options.hasLiars && random.chance(1, in: 3)
    var deps = isLiar ? random.subset(ends.sorted()) : ends.sorted()
    if isLiar {
      let more = writer.seen.subtracting(own).subtracting(ends).sorted()
      deps += random.subset(more).prefix(2)
    }
    let batch = scene.seal(
      operations,
      by: writer.key,
      after: writer.head,
      deps: deps,
      who: who,
      clock: clock ?? ModelScene.clock + Int64(random.int(in: -5_000...5_000))
    )
    writer.told.formUnion(writer.seen.union([batch]))
    writer.seen.insert(batch)
    writer.head = batch
    writers[index] = writer
    return batch
  }

  func chain(_ head: Int?) -> Set<Int> {
    var chain: Set<Int> = []
    var next = head
    while let index = next {
      chain.insert(index)
      next = scene.entries[index].previous
    }
    return chain
  }

  // MARK: Moves and roster

  /// A new device goes on for an old one: it takes over an operation that the old one had not
  /// sealed, and sometimes had after all.
  private mutating func move(_ old: Writer) {
    let key = 100 + writers.count
    scene.certify(key, of: random.chance(1, in: 8) ? old.person % options.people + 1 : old.person)
    let last = old.head.map { scene.entries[$0].content.lastCounter } ?? 0
    // Named by its replica, or by the line on which it stood.
    var stream = ModelScene.replica(old.key).text
    if let head = old.head, random.chance(1, in: 3) { stream = scene.line(of: head) }
    let text = random.pick(["Rota", "List"])
    let counter = options.hasLiars ? max(1, last + Int64(random.int(in: -1...2))) : last + 1
    let was: KeyValuePairs<String, Value> = ["was": .list([.int(0), .int(counter)])]
    let judgement = { (more: KeyValuePairs<String, Value>) in
      ModelScene.judgement("met", of: old.person, on: "C3", because: text, more)
    }
    writers.append(Writer(key: key, person: old.person, head: nil, seen: old.seen))
    let clock = ModelScene.clock + Int64(random.below(2))
    let batch = seal([judgement(was)], writers.count - 1, [stream], clock: clock)
    cells["judgement C3 \(old.person)", default: []].append((batch, 0))
    if random.chance(1, in: 2),
      let index = writers.firstIndex(where: { $0.key == old.key && $0.head == old.head })
    {
      let sealed = seal([judgement([:])], index, [], clock: ModelScene.clock)
      cells["judgement C3 \(old.person)", default: []].append((sealed, 0))
    }
  }

  private mutating func govern(_ index: Int) {
    for writer in writers where random.chance(1, in: 2) {
      writers[index].seen.formUnion(writer.seen)
    }
    let seen = writers[index].seen
    var ends = seen.sorted().filter { end in
      scene.people[scene.entries[end].content.replica] != .authority
        && !seen.contains { scene.entries[$0].previous == end }
    }
    if options.hasLiars { ends += random.subset(Array(scene.entries.indices)).prefix(2) }
    let (operation, cell, who) = decree(writers[index], ends)
    let batch = seal([operation], index, who)
    roster[cell, default: []].append((batch, 0))
  }

  /// One of the things that an authority says of people and their work.
  private mutating func decree(
    _ writer: Writer,
    _ ends: [Int]
  ) -> (operation: Value, cell: String, who: [String]) {
    let person = random.int(in: 1...options.people + 1)
    let device = random.int(in: 1...options.devices)
    var who: [String] = []
    let member = "member \(person)"
    switch random.below(options.hasJoins ? 10 : 8) {
    case 0..<2:
      let cell = "revoked \(device)"
      let over = seenRoster(cell, writer, &who)
      return (scene.revocation(device, cut: random.subset(ends), over: over), cell, who)
    case 2:
      let over = seenRoster(member, writer, &who)
      let role = random.pick(["lead", "peer", "observer"])
      return (scene.role(person, role, cut: random.subset(ends), over: over), member, who)
    case 3, 4:
      let cell = "release \(device)"
      let over = seenRoster(cell, writer, &who)
      let replica = ModelScene.replica(device)
      let own = scene.entries.indices.filter { scene.entries[$0].content.replica == replica }
      let first = Int64(random.int(in: 1...4))
      return (
        scene.release(device, random.subset(own), from: first, over: over), cell, who
      )
    case 5, 6:
      let over = seenRoster(member, writer, &who)
      return (scene.removal(person, cut: random.subset(ends), over: over), member, who)
    case 8, 9:
      let cell = "joined \(person)"
      let over = seenRoster(cell, writer, &who)
      let other = random.int(in: 1...options.people + 1)
      return (ModelScene.join(person, with: other, over: over), cell, who)
    default:
      let over = seenRoster(member, writer, &who)
      let role = random.pick(["lead", "peer", "observer", "boss"])
      return (ModelScene.member(person, role, over: over), member, who)
    }
  }

  /// References to what the authority said in a cell of the roster, as far as its replica saw it.
  private mutating func seenRoster(
    _ cell: String,
    _ writer: Writer,
    _ who: inout [String]
  ) -> [Value] {
    guard random.chance(4, in: 5) else { return [] }
    let there = (roster[cell] ?? []).filter { writer.seen.contains($0.batch) }
    let some = options.hasLiars ? random.subset(there) : there.suffix(1)
    var references: [Value] = []
    for target in some { references.append(reference(target, writer, &who)) }
    return references
  }
}
