import Convergence
import TestSupport
import Testing

@Suite("Branches")
struct BranchTests {
  @Test("A branch is written in 11 characters and read back")
  func roundTrip() throws {
    try forEachSeed { random in
      let branch = Branch(name: random.next())
      try demandEqual(branch.description.utf8.count, 11, "the text has another length")
      try demandEqual(Branch(text: branch.description[...]), branch, "the text reads as another")
    }
    #expect(Branch(name: 1).description == "AAAAAAAAAAE")
    #expect(Branch(name: .max).description == "__________8")
  }

  @Test("The trunk has no text, so that nothing can be written in two ways")
  func trunk() {
    #expect(Branch.trunk.description.isEmpty)
    #expect(Branch(text: "") == nil)
    #expect(Branch(text: "AAAAAAAAAAA") == nil)
  }

  @Test(
    "A text that is not 11 canonical characters names no branch",
    arguments: [
      "A", "AAAAAAAAAE", "AAAAAAAAAAAE", "AAAAAAAAAAB", "AAAAAAAAAA=", "AAAAAAAAA\u{E9}",
      "AAAAAAAAAAE ",
    ]
  )
  func refusals(text: String) {
    #expect(Branch(text: text[...]) == nil)
  }

  @Test("Branches sort by their bytes, the trunk first")
  func order() throws {
    let branches = (0..<Cast.count).map(Cast.branch)
    try checkTotalOrder(branches)
    #expect(branches.min() == .trunk)
    #expect(Branch(name: 1) < Branch(name: 0x8000_0000_0000_0000))
  }
}
