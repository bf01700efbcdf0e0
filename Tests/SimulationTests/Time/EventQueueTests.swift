import Simulation
import TestSupport
import Testing

@Suite("The queue of events")
struct EventQueueTests {
  @Test("Events come in the order of time, and of equal times in the order of adding")
  func order() throws {
    try forEachSeed { random in
      var queue = EventQueue<Int>()
      var expected: [(time: Int64, event: Int)] = []
      for event in 0..<random.int(in: 1...60) {
        let time = Int64(random.below(8))
        queue.add(event, at: time)
        expected.append((time, event))
      }
      expected.sort { ($0.time, $0.event) < ($1.time, $1.event) }
      for wanted in expected {
        try demandEqual(queue.nextTime, wanted.time, "the time of the next event")
        try demandEqual(queue.next()?.event, wanted.event, "the next event")
      }
      try demand(queue.isEmpty && queue.next() == nil, "events are left")
    }
  }

  @Test("What is added while events are taken comes in its turn")
  func whileTaking() {
    var queue = EventQueue<String>()
    queue.add("b", at: 2)
    queue.add("a", at: 1)
    #expect(queue.next()?.event == "a")
    queue.add("between", at: 1)
    queue.add("c", at: 2)
    #expect(queue.next()?.event == "between")
    #expect(queue.next()?.event == "b" && queue.next()?.event == "c")
  }
}
