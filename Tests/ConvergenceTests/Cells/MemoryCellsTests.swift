import Convergence
import TestSupport
import Testing

@Suite("Cells in memory")
struct MemoryCellsTests {
  private let title = CellKey(.named("visit"), "title")
  private let scope = CellKey(.named("visit"), "scope")

  @Test("A cell that was never written is empty, and asking for it leaves no trace")
  func absent() {
    var table = MemoryCells()
    #expect(table[title].isEmpty)
    #expect(table.cell(for: title).isEmpty)
    #expect(table == MemoryCells())
  }

  @Test("What is put in place of a cell is found there and nowhere else")
  func replacing() {
    let first = Cell(receiving: [Write(.of(0, 1))])
    let second = Cell(receiving: [Write(.of(0, 2), over: [.of(0, 1)])])
    var table = MemoryCells([title: first])
    #expect(table[title] == first)
    table.replace(second, for: title)
    #expect(table.cell(for: title) == second)
    #expect(table[scope].isEmpty)
  }

  @Test("Keys are listed in the order of their bytes, whatever order they came in")
  func order() throws {
    try forEachSeed { random in
      var keys: [CellKey] = []
      for _ in 0..<6 { keys.append(CellKey(.item(random.dot()), random.pick(["text", "due"]))) }
      let listed = keys.map { ($0, Cell()) }
      let forwards = MemoryCells(Dictionary(listed) { $1 })
      let backwards = MemoryCells(Dictionary(listed.reversed()) { $1 })
      try demandEqual(forwards.sortedKeys, Set(keys).sorted(), "the keys are listed otherwise")
      try demandEqual(forwards, backwards, "the order of insertion matters")
    }
  }
}
