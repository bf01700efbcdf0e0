import AssessmentModel
import Convergence
import Testing

@Suite("What the authority says of an author")
struct StandingTests {
  private let replica = Cast.replica(9)

  private func dot(_ counter: Int64) -> Dot { Dot(replica: replica, counter: counter) }

  /// A write of the authority to a cell of the visit.
  private func word(
    _ field: String,
    _ slot: String,
    _ value: Value,
    at counter: Int64,
    over: [Int64] = [],
    by server: UInt64 = 0
  ) -> Operation {
    let assignment = Assignment(
      record: .visit,
      field: field,
      slot: slot,
      value: value,
      over: over.map { Cast.dot(server, $0) }
    )
    return Operation(
      dot: Cast.dot(server, counter),
      person: .authority,
      clock: 0,
      action: .set(assignment)
    )
  }

  private func cut(_ last: Int64) -> Value {
    let half = Text64.encode([UInt8](repeating: 5, count: 16))
    return .list([.list([.string(replica.text), .int(last), .string(half)])])
  }

  private func role(
    _ role: String,
    cut last: Int64? = nil,
    at counter: Int64,
    over: [Int64] = []
  ) -> Operation {
    word(
      "member",
      Cast.peerA.text,
      .members(("role", .string(role)), ("name", .string("N")), ("cut", last.map(cut))),
      at: counter,
      over: over
    )
  }

  private func release(
    _ ranges: ClosedRange<Int64>...,
    at counter: Int64,
    over: [Int64] = [],
    by server: UInt64 = 0
  ) -> Operation {
    let half = Text64.encode([UInt8](repeating: 6, count: 16))
    let batches = ranges.map { range in
      Value.list([.int(range.lowerBound), .int(range.upperBound), .string(half)])
    }
    return word(
      "release",
      replica.text,
      .object(["batches": .list(batches), "because": .string("b")]),
      at: counter,
      over: over,
      by: server
    )
  }

  /// What the words say of operations 1 to 4: the rights as the narrowest role that gives them.
  private func standings(_ words: Operation...) -> [String] {
    var authority = Authority()
    for word in words { authority.absorb(word) }
    return (Int64(1)...4).map { counter in
      let author = Meaning.assessment.author(Cast.peerA, replica, under: authority)
      switch Standing(of: dot(counter), by: author, under: authority) {
      case .authority: return "authority"
      case .held: return "held"
      case .rights(let rights):
        return ["observer", "peer", "lead"].first { Writers(Role(rawValue: $0) ?? .lay) == rights }
          ?? "\(rights.bits)"
      }
    }
  }

  @Test("Inside the cut of a change of role the old right counts, outside it the new one")
  func changeOfRole() {
    #expect(
      standings(role("peer", at: 1), role("observer", cut: 2, at: 2, over: [1]))
        == ["peer", "peer", "observer", "observer"]
    )
    #expect(
      standings(role("observer", at: 1), role("lead", cut: 2, at: 2, over: [1]))
        == ["observer", "observer", "lead", "lead"]
    )
    #expect(
      standings(role("peer", at: 1), role("observer", at: 2, over: [1]))
        == ["observer", "observer", "observer", "observer"]
    )
  }

  @Test("Changes of role and removals follow one another, each from its cut on")
  func inARow() {
    #expect(
      standings(
        role("peer", at: 1),
        role("observer", cut: 1, at: 2, over: [1]),
        role("lead", cut: 2, at: 3, over: [2]),
        role("none", cut: 3, at: 4, over: [3])
      ) == ["peer", "observer", "lead", "held"]
    )
  }

  @Test("A cut with nothing replaced gives what is inside it nothing")
  func nothingReplaced() {
    #expect(standings(role("peer", cut: 2, at: 1)) == ["held", "held", "peer", "peer"])
  }

  @Test("What is released counts as inside the cut of a removal, and of nothing else")
  func released() {
    let removal = [role("peer", at: 1), role("none", cut: 1, at: 2, over: [1])]
    #expect(
      standings(removal[0], removal[1], release(3...3, at: 3)) == ["peer", "held", "peer", "held"]
    )
    #expect(
      standings(
        role("peer", at: 1),
        role("observer", cut: 1, at: 2, over: [1]),
        release(1...4, at: 3)
      )
        == ["peer", "observer", "observer", "observer"]
    )
    #expect(standings(release(1...4, at: 1)) == ["held", "held", "held", "held"])
    #expect(standings(role("none", cut: 1, at: 1), release(1...4, at: 2))[2] == "held")
  }

  @Test("What is released of a revoked device has its person's own role")
  func releasedOfRevoked() {
    let revoked = word(
      "revoked",
      replica.text,
      .object(["because": .string("b"), "cut": cut(1)]),
      at: 2
    )
    #expect(standings(role("observer", at: 1), revoked) == ["observer", "held", "held", "held"])
    #expect(
      standings(role("observer", at: 1), revoked, release(2...3, at: 3))
        == ["observer", "observer", "observer", "held"]
    )
  }

  @Test("Where two releases stand side by side both must release; an empty one takes all back")
  func releasedByTwo() {
    let words = [role("peer", at: 1), role("none", cut: 1, at: 2, over: [1])]
    #expect(
      standings(words[0], words[1], release(2...3, at: 3), release(3...4, at: 1, by: 8))
        == ["peer", "held", "peer", "held"]
    )
    #expect(
      standings(words[0], words[1], release(2...4, at: 3), release(at: 4, over: [3]))
        == ["peer", "held", "held", "held"]
    )
  }

  @Test("Nobody whom no cut concerns takes the long way")
  func plain() {
    func rights(_ words: Operation...) -> UInt8? {
      var authority = Authority()
      for word in words { authority.absorb(word) }
      return Meaning.assessment.author(Cast.peerA, replica, under: authority).rights
    }
    let others = word(
      "revoked",
      Cast.replica(8).text,
      .object(["because": .string("b"), "cut": cut(1)]),
      at: 3
    )
    #expect(rights(role("peer", at: 1), release(1...4, at: 2), others) == Writers(.peer).bits)
    #expect(rights(role("peer", cut: 1, at: 1)) == nil)
    #expect(rights(role("none", cut: 1, at: 1)) == nil)
  }

  @Test("Why something is held is said for each of the three reasons")
  func reasons() {
    func reason(_ words: Operation...) -> HoldReason {
      var authority = Authority()
      for word in words { authority.absorb(word) }
      return HoldReason(of: dot(4), by: Cast.peerA, under: authority)
    }
    let revoked = word(
      "revoked",
      replica.text,
      .object(["because": .string("b"), "cut": cut(1)]),
      at: 9
    )
    #expect(reason() == .neverMember)
    #expect(reason(role("none", cut: 1, at: 1)) == .neverMember)
    #expect(reason(role("peer", at: 1), role("none", cut: 1, at: 2, over: [1])) == .removed)
    #expect(reason(role("peer", at: 1), revoked) == .revoked)
    #expect(HoldReason.allCases.filter(\.canBeReleased) == [.removed, .revoked])
    #expect(Set(HoldReason.allCases.map(\.words)).count == 3)
  }
}
