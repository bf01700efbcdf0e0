import AssessmentModel
import Convergence
import Testing

@Suite("The team's view")
struct TeamViewTests {
  /// One version in a slot, and whether the resolution cites it.
  struct Said: Hashable {
    let outcome: Outcome
    var isPart = false
    let isCited: Bool
  }

  static let everything: [Said] = Outcome.allCases.flatMap { outcome in
    [true, false].flatMap { isCited in
      let whole = Said(outcome: outcome, isCited: isCited)
      let part = Said(outcome: outcome, isPart: true, isCited: isCited)
      return outcome == .notApplicable ? [whole, part] : [whole]
    }
  }

  /// Every slot of at most two versions.
  static func slots(of said: [Said]) -> [[Said]] {
    var slots: [[Said]] = [[]] + said.map { [$0] }
    for (index, first) in said.enumerated() {
      slots += said[index...].map { [first, $0] }
    }
    return slots
  }

  static let resolutions: [[Outcome]] = [
    [], [.met], [.notMet], [.notApplicable], [.notJudged], [.met, .notMet], [.met, .met],
    [.met, .notJudged], [.notJudged, .notJudged],
  ]

  /// The view as one would work it out by hand, slowly.
  static func obvious(_ slots: [[Said]], _ resolutions: [Outcome]) -> TeamView {
    let isResolved = !resolutions.filter { $0 != .notJudged }.isEmpty
    if isResolved, resolutions.count >= 2 { return .contested }
    if isResolved {
      for slot in slots {
        for said in slot where !said.isCited { return .stale }
      }
      return .resolved(resolutions[0])
    }
    var voices: [Outcome: Int] = [:]
    var isTorn = false
    for slot in slots {
      let different = Set(slot.map { "\($0.outcome) \($0.isPart)" })
      let isWithdrawn = Set(slot.map(\.outcome)) == [.notJudged]
      if slot.isEmpty || isWithdrawn { continue }
      if different.count > 1 {
        isTorn = true
      } else if !slot[0].isPart {
        voices[slot[0].outcome, default: 0] += 1
      }
    }
    if voices.count > 1 {
      return .disputed(voices[.notApplicable] == nil ? .outcome : .applicability)
    }
    if isTorn { return .selfConflict }
    guard let (outcome, count) = voices.first else { return .notJudged }
    return count == 1 ? .oneView(outcome) : .agreed(outcome)
  }

  static func actual(_ said: [[Said]], _ outcomes: [Outcome]) -> TeamView {
    var cites: [Dot] = []
    var slots: [JudgementSlot] = []
    for (person, versions) in said.enumerated() where !versions.isEmpty {
      let author = Cast.person(UInt64(person) + 1)
      let written = versions.enumerated().map { offset, said in
        let dot = Cast.dot(UInt64(person * 10 + offset), 1)
        if said.isCited { cites.append(dot) }
        return Written(
          dot: dot,
          author: author,
          clock: 0,
          content: Judgement(
            outcome: said.outcome,
            edition: "e",
            part: said.isPart ? "part" : nil
          )
        )
      }
      slots.append(JudgementSlot(person: author, versions: Versions(written)))
    }
    let resolutions = outcomes.enumerated().map { offset, outcome in
      Written(
        dot: Cast.dot(90 + UInt64(offset), 1),
        author: Cast.lead,
        clock: 0,
        content: Resolution(outcome: outcome, edition: "e", because: "b"),
        cites: cites
      )
    }
    return TeamView(slots: slots, resolutions: Versions(resolutions))
  }

  @Test("The table agrees with working it out by hand, for everything that two people can write")
  func twoPeople() {
    let slots = Self.slots(of: Self.everything)
    var names: Set<String> = []
    var count = 0
    for first in slots {
      for second in slots {
        for resolutions in Self.resolutions {
          let expected = Self.obvious([first, second], resolutions)
          let actual = Self.actual([first, second], resolutions)
          if expected != actual {
            Issue.record("\(first) \(second) \(resolutions): \(actual), not \(expected)")
            return
          }
          names.insert(actual.name)
          count += 1
        }
      }
    }
    #expect(names.count == 8)
    #expect(count == 66 * 66 * 9)
  }

  @Test("The table agrees with working it out by hand, for three people without a resolution")
  func threePeople() {
    let slots = Self.slots(of: Self.everything.filter { !$0.isCited })
    for first in slots {
      for second in slots {
        for third in slots {
          let said = [first, second, third]
          let expected = Self.obvious(said, [])
          let actual = Self.actual(said, [])
          if expected != actual {
            Issue.record("\(said): \(actual), not \(expected)")
            return
          }
        }
      }
    }
  }

  @Test("A choice among cited versions is covered, and one with an uncited version is not")
  func choices() {
    let dots = [Cast.dot(1, 1), Cast.dot(2, 1), Cast.dot(3, 1)]
    func choice(among cites: [Dot]) -> Written<Judgement> {
      let judgement = Judgement(outcome: .met, edition: "e")
      return Written(
        dot: Cast.dot(4, 1),
        author: Cast.peerA,
        clock: 0,
        content: judgement,
        cites: cites
      )
    }
    let resolution = Written(
      dot: Cast.dot(9, 1),
      author: Cast.lead,
      clock: 0,
      content: Resolution(outcome: .met, edition: "e", because: "b"),
      cites: Array(dots[...1])
    )
    #expect(TeamView.isCovered(choice(among: Array(dots[...1])), by: resolution))
    #expect(!TeamView.isCovered(choice(among: dots), by: resolution))
    #expect(!TeamView.isCovered(choice(among: []), by: resolution))
  }

  @Test("Only what is agreed, resolved or said by one stands; only four views are open")
  func settled() {
    let views: [TeamView] = [
      .contested, .stale, .resolved(.met), .disputed(.outcome), .disputed(.applicability),
      .selfConflict, .agreed(.notMet), .oneView(.notApplicable), .notJudged,
    ]
    #expect(views.map(\.isOpen) == [true, true, false, true, true, true, false, false, false])
    let outcomes = views.map(\.settledOutcome)
    #expect(outcomes == [nil, nil, .met, nil, nil, nil, .notMet, .notApplicable, nil])
    #expect(Set(views.map(\.words)).count == views.count)
  }
}
