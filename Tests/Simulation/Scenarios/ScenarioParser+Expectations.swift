import AssessmentModel

extension ScenarioParser {
  private static let example = """
    expect XR-304 is disputed, or expect XR-304 by Peer A is met because "…", or \
    expect progress: 1 disputed
    """

  /// Reads what must be seen, behind "expect".
  func expectation(
    _ line: inout ScenarioLine
  ) throws(ScenarioError) -> ScenarioStatement.Action {
    var place = ScenarioStatement.Place.everywhere
    if line.take("on the server") {
      place = .server
    } else if line.take("on") {
      place = .device(try device(&line))
    }
    _ = line.take(",")
    return .expect(try claim(&line), place)
  }

  private func claim(_ line: inout ScenarioLine) throws(ScenarioError) -> Expectation {
    if line.take("the comment") {
      let text = try line.needText("the comment as it was written first")
      return .comment(text, try commentClaim(&line))
    }
    if line.take("the evidence of") {
      let standard = try standard(&line)
      try line.need("is", "expect the evidence of XR-802 is \"Rota\", \"Audit\"")
      if line.take("nothing") { return .standard(standard, at: nil, .evidence([])) }
      return .standard(standard, at: nil, .evidence(try texts(&line, "a title").sorted()))
    }
    if line.take("the evidence") {
      let title = try line.needText("the title of the evidence as it was added")
      return .evidence(title, try evidenceClaim(&line))
    }
    if line.take("the comments of") {
      let standard = try standard(&line)
      try line.need("are", "expect the comments of XR-105 are \"one\", \"two\"")
      if line.take("none") { return .standard(standard, at: nil, .comments([])) }
      return .standard(standard, at: nil, .comments(try texts(&line, "a comment").sorted()))
    }
    if line.take("the nation is") {
      var nations = [try line.needOne(of: Nation.self, "a nation")]
      while line.take("and") { nations.append(try line.needOne(of: Nation.self, "a nation")) }
      return .nation(nations.sorted { $0.rawValue < $1.rawValue })
    }
    if line.take("progress") { return .progress(try counts(&line, Count.progress)) }
    if line.take("notices") { return .notices(try counts(&line, Count.notices)) }
    if line.take("nobody had seen another's") {
      return .nobodyHadSeen(try standard(&line))
    }
    if line.take("the resolution of") { return try resolutionClaim(&line) }
    if line.take("the history of") { return try historyClaim(&line) }
    if let standard = takeStandard(&line) { return try standardClaim(standard, &line) }
    if let person = takePerson(&line) { return try personClaim(person, &line) }
    if let device = takeDevice(&line) { return try deviceClaim(device, &line) }
    throw line.refused("\(line.found) is nothing that could be seen. Write: \(Self.example)")
  }

  // MARK: Standards

  private func standardClaim(
    _ standard: StandardID,
    _ line: inout ScenarioLine
  ) throws(ScenarioError) -> Expectation {
    if line.take("by") { return try slotClaim(standard, &line) }
    let place = try takePlace(&line)
    func shown(_ shown: Expectation.Shown) -> Expectation { .standard(standard, at: place, shown) }
    if line.take("has") {
      let count = try line.needNumber("how many")
      guard line.take("resolutions") || line.take("resolution") else {
        throw line.refused(
          "only resolutions are counted so. Write: expect XR-304 has 2 resolutions"
        )
      }
      return shown(.resolutions(count))
    }
    if line.take("shows") {
      let other = try self.standard(&line)
      let ways = [("as-contrary", true), ("as-linked", false)]
      return shown(.linked(other, isContrary: try line.needOne(of: ways, "how it is shown")))
    }
    try line.need("is", Self.example)
    let fixed: [(name: String, value: Expectation.Shown)] = [
      ("out-of-scope", .outOfScope(true)), ("not-out-of-scope", .outOfScope(false)),
      ("judged-but-out-of-scope", .judgedButOutOfScope(true)),
      ("left-out-of-the-counts", .notApplicable(true)), ("counted", .notApplicable(false)),
      ("unknown", .unknown),
    ]
    for (name, value) in fixed
    where line.take(name.split(separator: "-").joined(separator: " ")) || line.take(name) {
      return shown(value)
    }
    let start = line.place
    let isNot = line.take("not")
    if line.take("incomplete") {
      return shown(
        .attention(try line.needOne(of: IncompleteItem.Kind.self, "what it lacks"), !isNot)
      )
    }
    line.place = start
    return shown(.view(try teamView(&line)))
  }

  private func teamView(_ line: inout ScenarioLine) throws(ScenarioError) -> TeamView {
    if line.take("disputed on whether it applies") { return .disputed(.applicability) }
    if line.take("agreed") { return .agreed(try said(&line).said.outcome) }
    if line.take("one view") { return .oneView(try said(&line).said.outcome) }
    if line.take("resolved") {
      _ = line.take("as")
      return .resolved(try said(&line).said.outcome)
    }
    let views: [(name: String, value: TeamView)] = [
      ("disputed", .disputed(.outcome)), ("stale", .stale), ("contested", .contested),
      ("self-conflict", .selfConflict), ("not-judged", .notJudged),
    ]
    do {
      return try line.needOne(of: views, "a view")
    } catch {
      throw line.refused(
        """
        \(line.found) is nothing that a standard can be. Write one of: disputed, disputed on whether \
        it applies, agreed met, one view not-met, resolved as met, stale, contested, self-conflict, \
        not judged, out of scope, judged but out of scope, left out of the counts, counted, unknown, \
        incomplete: reason-missing
        """
      )
    }
  }

  private func slotClaim(
    _ standard: StandardID,
    _ line: inout ScenarioLine
  ) throws(ScenarioError) -> Expectation {
    let person = try person(&line)
    var place = try takePlace(&line)
    try line.need("is", "expect XR-304 by Peer A is met because \"…\"")
    var alternatives: [[Said]] = []
    repeat {
      _ = line.take("is")
      if line.take("nothing") {
        alternatives.append([])
        continue
      }
      var versions: [Said] = []
      repeat {
        _ = line.take("is")
        if line.take("withdrawn") {
          var said = Said(.notJudged)
          place = try readWords(&line, into: &said) ?? place
          versions.append(said)
        } else {
          let (said, found) = try said(&line)
          versions.append(said)
          place = found ?? place
        }
        _ = line.take(",")
      } while line.take("and")
      alternatives.append(versions)
    } while line.take("or") || line.take(", or")
    return .slot(standard, at: place, person: person, alternatives)
  }

  private func resolutionClaim(_ line: inout ScenarioLine) throws(ScenarioError) -> Expectation {
    let standard = try standard(&line)
    let place = try takePlace(&line)
    let person = line.take("by") ? try self.person(&line) : nil
    if line.take("does not cover") {
      return .resolutionMisses(standard, at: place, person: try self.person(&line))
    }
    try line.need("is", "expect the resolution of XR-304 by Lead is met because \"…\"")
    if line.take("unverified") { return .resolutionUnverified(standard, at: place, true) }
    if line.take("verified") { return .resolutionUnverified(standard, at: place, false) }
    return .resolution(standard, at: place, person: person, try said(&line).said)
  }

  private func historyClaim(_ line: inout ScenarioLine) throws(ScenarioError) -> Expectation {
    let example = "expect the history of XR-304 by Peer B is met, not-met, met"
    let standard = try standard(&line)
    try line.need("by", example)
    let person = try person(&line)
    try line.need("is", example)
    var outcomes: [Outcome] = []
    repeat {
      outcomes.append(line.take("withdrawn") ? .notJudged : try said(&line).said.outcome)
    } while line.take(",")
    return .history(standard, person: person, outcomes)
  }

  // MARK: People and devices

  private func personClaim(
    _ person: Int,
    _ line: inout ScenarioLine
  ) throws(ScenarioError) -> Expectation {
    let name = cast.people[person].name
    if line.take("'s time on") {
      let standard = try standard(&line)
      try line.need("is", "expect \(name)'s time on XR-304 is 24 h fast")
      if line.take("right") { return .labelOff(standard, person: person, 0) }
      return .labelOff(standard, person: person, try clockError(&line))
    }
    let hadSeen = line.take("had seen")
    guard hadSeen || line.take("had not seen") else {
      throw line.refused(
        """
        \(line.found) says nothing of \(name). Write: expect \(name) had seen Peer A's XR-304, or \
        expect \(name)'s time on XR-304 is 24 h fast
        """
      )
    }
    let other = try self.person(&line)
    try line.need("'s", "expect \(name) had seen \(cast.people[other].name)'s XR-304")
    return .hadSeen(try standard(&line), person: person, other: other, hadSeen)
  }

  private func deviceClaim(
    _ device: Int,
    _ line: inout ScenarioLine
  ) throws(ScenarioError) -> Expectation {
    let word = cast.devices[device].word
    if line.take("has nothing to send") { return .toSend(device: device, 0) }
    if line.take("has") {
      let count = try line.needNumber("how many")
      guard line.take("to send") else {
        throw line.refused("write how much waits: expect \(word) has 3 to send")
      }
      return .toSend(device: device, count)
    }
    if line.take("is told nothing about its clock") { return .clockTold(device: device, 0) }
    try line.need("is told that its clock is", "expect \(word) is told that its clock is 24 h fast")
    return .clockTold(device: device, try clockError(&line))
  }

  private func clockError(_ line: inout ScenarioLine) throws(ScenarioError) -> Int64 {
    let time = try duration(&line)
    if line.take("fast") { return time }
    try line.need("slow", "24 h fast, or 24 h slow")
    return -time
  }
}
