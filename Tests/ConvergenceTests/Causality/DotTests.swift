import Convergence
import TestSupport
import Testing

@Suite("Dots")
struct DotTests {
  private let replica = "AQAAAAAAAAAAAAAAAAAAAA"

  @Test("A dot is written as replica, counter and, off the trunk, branch, and read back")
  func roundTrip() throws {
    try forEachSeed { random in
      let counter = random.pick([1, 2, Int64(random.int(in: 1...1_000_000)), .max - 1, .max])
      let dot = Dot(
        replica: ReplicaID(bits: random.bits()),
        counter: counter,
        branch: random.branch()
      )
      try demandEqual(Dot(text: dot.description), dot, "the text reads as another")
      try demandEqual(Dot(text: "#\(dot)".dropFirst()), dot, "part of a text reads as another")
    }
    let dot = try #require(Dot(text: "\(replica).7.AAAAAAAAAAE"))
    #expect(dot.replica.text == replica)
    #expect(dot.counter == 7)
    #expect(dot.branch == Branch(name: 1))
    #expect(dot.description == "\(replica).7.AAAAAAAAAAE")
    #expect(dot.stream == StreamID(replica: dot.replica, branch: dot.branch))
    #expect(Dot(replica: dot.replica, counter: 7).description == "\(replica).7")
  }

  @Test(
    "A counter is written in its shortest form, from 1 to the greatest of 64 bits",
    arguments: [
      "", "0", "-1", "+1", "01", "1 ", " 1", "1\n", "1e3", "1_000", "0x1", "\u{661}",
      "9223372036854775808", "18446744073709551617", "1\u{301}",
    ]
  )
  func counters(counter: String) {
    #expect(Dot(text: "\(replica).\(counter)") == nil)
    #expect(Dot(text: "\(replica).\(counter).AAAAAAAAAAE") == nil)
  }

  @Test(
    "A text with more or less than two or three parts names nothing",
    arguments: ["", ".", "..", "...", "1", ".1", "AQAAAAAAAAAAAAAAAAAAAA"]
  )
  func parts(text: String) {
    #expect(Dot(text: text) == nil)
    #expect(Dot(text: "\(replica).1.AAAAAAAAAAE.\(text)") == nil)
  }

  @Test(
    "A branch that is malformed, empty or the trunk spelt out names nothing",
    arguments: ["", "AAAAAAAAAAA", "AAAAAAAAAAB", "AAAAAAAAAE", "\u{301}AAAAAAAAAE"]
  )
  func branches(branch: String) {
    #expect(Dot(text: "\(replica).1.\(branch)") == nil)
  }

  @Test("A replica that is malformed names nothing")
  func replicas() {
    #expect(Dot(text: "\(replica.dropLast()).1") == nil)
    #expect(Dot(text: "\(replica.dropLast())B.1") == nil)
    #expect(Dot(text: " \(replica).1") == nil)
  }

  @Test("Dots sort by replica, then by counter as a number, then by branch")
  func order() throws {
    try forEachSeed { random in
      try checkTotalOrder((0..<10).map { _ in random.dot() })
    }
    #expect(Dot.of(0, 9) < .of(0, 10))
    #expect(Dot.of(0, 9, branch: 3) < .of(0, 10, branch: 0))
    #expect(Dot.of(0, 10) < .of(1, 1))
    #expect(Dot.of(0, 1) < .of(0, 1, branch: 2))
  }

  @Test("Equality counts replica, counter and branch")
  func equality() throws {
    try checkEveryPropertyCounts(
      Dot.of(0, 1, branch: 1),
      variants: [.of(1, 1, branch: 1), .of(0, 2, branch: 1), .of(0, 1, branch: 2)]
    )
  }
}
