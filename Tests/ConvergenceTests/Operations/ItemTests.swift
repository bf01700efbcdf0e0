import Convergence
import TestSupport
import Testing

@Suite("Items")
struct ItemTests {
  private func cell(_ item: Item, _ value: Value) -> Cell {
    Cell(siblings: [Sibling(dot: item.dot, person: item.author, clock: 0, value: value)])
  }

  @Test("What the existence of an item says is read back from its cell")
  func roundTrip() throws {
    try forEachSeed { random in
      let within: RecordID? = random.pick([nil, .named("visit"), .item(random.dot())])
      let item = Item(
        dot: random.dot(),
        type: random.pick(["finding", "comment"]),
        author: random.person(),
        within: within,
        replyTo: random.chance(1, in: 2) ? random.dot() : nil
      )
      let read = Item(dot: item.dot, existence: cell(item, item.existence))
      try demandEqual(read, item, "\(item.existence.source)")
    }
  }

  @Test("The existence of an item is written as type, record and answer, the last two if present")
  func canonical() {
    let dot = Dot.of(0, 1)
    func text(_ item: Item) -> String { String(decoding: item.existence.canonical, as: UTF8.self) }
    let author = Cast.person(0)
    #expect(text(Item(dot: dot, type: "a", author: author)) == #"{"of":"a"}"#)
    let full = Item(dot: dot, type: "a", author: author, within: .item(dot), replyTo: dot)
    #expect(text(full) == "{\"in\":\"#\(dot)\",\"of\":\"a\",\"re\":\"#\(dot)\"}")
    #expect(Item.existenceKey(of: dot).text == "#\(dot)|+||")
  }

  @Test("An empty cell, or one that names no type, is no item")
  func absent() {
    let item = Item(dot: .of(0, 1), type: "a", author: Cast.person(0))
    #expect(Item(dot: item.dot, existence: Cell()) == nil)
    let values: [Value] = [
      .bool(true), .string("a"), .object([:]), .object(["of": .int(1)]), .list([.string("a")]),
    ]
    for value in values {
      #expect(Item(dot: item.dot, existence: cell(item, value)) == nil)
    }
  }

  @Test("Equality counts every stored property")
  func equality() throws {
    let author = Cast.person(0)
    func item(
      _ dot: Dot = .of(0, 1),
      type: String = "a",
      author: PersonID = author,
      within: RecordID? = nil,
      replyTo: Dot? = nil
    ) -> Item {
      Item(dot: dot, type: type, author: author, within: within, replyTo: replyTo)
    }
    try checkEveryPropertyCounts(
      item(),
      variants: [
        item(.of(0, 2)), item(type: "b"), item(author: Cast.person(1)),
        item(within: .named("visit")), item(replyTo: .of(1, 1)),
      ]
    )
  }
}
