import Simulation
import TestSupport
import Testing

@Suite("Ways through a scenario")
struct ScenarioChoicesTests {
  @Test("Every order of several devices comes exactly once, the given one first")
  func permutations() {
    var orders: [[Int]] = []
    var choices: ScenarioChoices? = ScenarioChoices()
    while var current = choices {
      var (left, order) = ([0, 1, 2, 3], [Int]())
      while !left.isEmpty { order.append(left.remove(at: current.choose(of: left.count))) }
      orders.append(order)
      choices = current.next
    }
    #expect(orders == Orders.permutations(4))
  }

  @Test("How many ways there are may depend on the ways taken before")
  func dependent() {
    var ways: [[Int]] = []
    var choices: ScenarioChoices? = ScenarioChoices()
    while var current = choices {
      let first = current.choose(of: 3)
      ways.append(first == 1 ? [first, current.choose(of: 2)] : [first])
      choices = current.next
    }
    #expect(ways == [[0], [1, 0], [1, 1], [2]])
  }

  @Test("A fork that is counted on its first way is taken on every other without a count")
  func counted() {
    var ways: [Int] = []
    var choices: ScenarioChoices? = ScenarioChoices()
    while var current = choices {
      let planned = current.planned
      if planned == 0 { _ = current.choose(of: 4) } else { current.chooseAgain() }
      ways.append(planned)
      choices = current.next
    }
    #expect(ways == [0, 1, 2, 3])
  }
}
