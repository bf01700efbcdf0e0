import Convergence
import SyncProtocol
import TestSupport

extension ModelHistory {
  // MARK: References

  mutating func reference(
    _ target: (batch: Int, index: Int),
    _ writer: Writer,
    _ who: inout [String]
  ) -> Value {
    let entry = scene.entries[target.batch]
    let counter = Value.int(entry.content.firstCounter + Int64(target.index))
    if chain(writer.head).contains(target.batch) { return counter }
    let ends = writer.seen.filter { end in
      scene.entries[end].content.replica == entry.content.replica
        && !writer.seen.contains { scene.entries[$0].previous == end }
    }
    var stream = ends.count > 1 ? scene.line(of: target.batch) : entry.content.replica.text
    if options.hasLiars, random.chance(1, in: 5) {
      let others = scene.entries.indices.filter {
        scene.entries[$0].content.replica == entry.content.replica
      }
      stream = scene.line(of: random.pick(others))
    }
    if !who.contains(stream) { who.append(stream) }
    return .list([.int(Int64(who.firstIndex(of: stream) ?? 0)), counter])
  }

  /// References to what stands in a cell, or to some of it; now and then to what was not seen.
  private mutating func seen(
    _ cell: String,
    _ writer: Writer,
    _ who: inout [String]
  ) -> [Value] {
    let isForger = random.chance(1, in: 25)
    let there = (cells[cell] ?? []).filter { isForger || writer.seen.contains($0.batch) }
    let some = random.chance(5, in: 6) ? there : random.subset(there)
    var references: [Value] = []
    for target in some.suffix(5) { references.append(reference(target, writer, &who)) }
    if options.hasLiars, random.chance(1, in: 10) { references += references.prefix(1) }
    return references
  }

  private mutating func item(
    _ type: String,
    _ writer: Writer,
    _ who: inout [String]
  ) -> (value: Value, name: String)? {
    let there = (items[type] ?? []).filter { writer.seen.contains($0.batch) }
    guard !there.isEmpty else { return nil }
    let target = random.pick(there)
    return (reference(target, writer, &who), "\(target.batch) \(target.index)")
  }

  // MARK: Operations

  mutating func operation(
    of writer: Writer,
    _ who: inout [String]
  ) -> (Value, cell: String?, item: String?) {
    let standard = random.pick(["A1", "B2"])
    let outcome = random.pick(["met", "not-met", "not-applicable", "not-judged"])
    // Now and then in somebody else's slot.
    let slot = random.chance(1, in: 12) ? random.int(in: 1...options.people) : writer.person
    switch random.below(16) {
    case 0..<4:
      var more: KeyValuePairs<String, Value> = [:]
      var place = standard
      if random.chance(1, in: 4), let location = item("location", writer, &who) {
        more = ["l": location.value]
        place += location.name
      }
      let cell = "judgement \(place) \(slot)"
      let over = seen(cell, writer, &who)
      let because = random.chance(1, in: 2) ? random.pick(["Seen.", "Told."]) : nil
      let judgement = ModelScene.judgement(
        outcome,
        of: slot,
        on: standard,
        because: because,
        over: over,
        // A choice among what one has said oneself cites what it chose among.
        cites: random.chance(1, in: 4) ? over : [],
        more
      )
      return (judgement, cell, nil)
    case 4, 5:
      // Not on B2, where disputes are left to stand.
      let resolution = resolution(outcome, on: "A1", writer, &who)
      return (resolution, "resolution A1", nil)
    case 6:
      let fields: KeyValuePairs<String, Value> = ["name": .string(random.pick(["East", "West"]))]
      return (ModelScene.add("location", in: .string("service"), fields), nil, "location")
    case 7:
      let fields: KeyValuePairs<String, Value> = [
        "title": .string("Rota"), "supports/\(standard)": .bool(true),
      ]
      return (ModelScene.add("evidence", in: .string("visit"), fields), nil, "evidence")
    case 8:
      let about = item(random.pick(["evidence", "odd", "comment"]), writer, &who)
      let reply = item("comment", writer, &who).map { ["re": $0.value] as KeyValuePairs } ?? [:]
      let record = about?.value ?? .string("standard:\(standard)")
      return (
        ModelScene.add("comment", in: record, ["text": .string("Hm.")], reply), nil, "comment"
      )
    case 9: return edit(random.pick(["evidence", "comment"]), writer, &who)
    case 10:
      let over = seen("service", writer, &who)
      let name = Value.string(random.pick(["North", "South"]))
      return (ModelScene.set("service", "name", name, ["over": .list(over)]), "service", nil)
    case 11:
      let kind = random.pick(["later", "inc", "set"])
      return (.object(["k": .string(kind), "d": .int(7)]), nil, "odd")
    case 12:
      return (ModelScene.add("finding", in: .string("visit"), ["text": .string("x")]), nil, "odd")
    case 13:
      let at = item("odd", writer, &who)?.value ?? .string("visit")
      let count = Value.object([
        "k": .string("inc"), "at": at, "f": .string("confirmed"), "by": .int(1),
      ])
      return (count, nil, nil)
    default: return oddity(writer)
    }
  }

  /// A resolution that considers what the writer sees.
  mutating func resolution(
    _ outcome: String,
    on standard: String,
    _ writer: Writer,
    _ who: inout [String]
  ) -> Value {
    var cites: [Value] = []
    for person in 1...options.people {
      cites += seen("judgement \(standard) \(person)", writer, &who)
    }
    let over = seen("resolution \(standard)", writer, &who)
    return ModelScene.resolution(outcome, on: standard, citing: cites, over: over)
  }

  private mutating func edit(
    _ type: String,
    _ writer: Writer,
    _ who: inout [String]
  ) -> (Value, cell: String?, item: String?) {
    guard let item = item(type, writer, &who) else { return oddity(writer) }
    let (field, value): (String, Value) = random.pick([
      ("title", .string("List")), ("text", .string("Yes.")), ("audience", .string("public")),
      ("archived", .object(["because": .string("Twice.")])), ("withdrawn", .object([:])),
    ])
    let cell = "\(item.name) \(field)"
    let over = seen(cell, writer, &who)
    return (ModelScene.set(item.value, field, value, ["over": .list(over)]), cell, nil)
  }

  /// What has no effect for one reason or another.
  private mutating func oddity(_ writer: Writer) -> (Value, cell: String?, item: String?) {
    let odd: Value
    switch random.below(8) {
    case 0: odd = ModelScene.set("visit", "title", .string("Mine"))
    case 1: odd = ModelScene.set("visit", "stage", .string("closed"))
    case 2: odd = ModelScene.set("nothing", "title", .string("x"))
    case 3: odd = ModelScene.set(.int(9_000), "title", .string("x"))
    case 4: odd = ModelScene.judgement("splendid", of: writer.person)
    case 5:
      odd = ModelScene.set(
        "visit",
        "interest",
        .object(["declares": .string("none")]),
        [
          "s": .string("@")
        ]
      )
    case 6: odd = ModelScene.set("standard:A1", "judgement", .bool(true))
    default: odd = ModelScene.set("standard:A1", "colour", .string("red"))
    }
    return (odd, nil, nil)
  }
}
