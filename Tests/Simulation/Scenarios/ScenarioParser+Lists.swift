import AssessmentModel

extension ScenarioParser {
  /// The words by which numbers are named.
  enum Count {
    /// The numbers of a visit's progress.
    static let progress = [
      "standards", "applicable", "not-applicable", "judged", "not-judged", "met", "not-met",
      "disputed", "stale", "contested", "self-conflict", "incomplete", "open",
    ]

    /// What an operation without effect can be.
    static let notices = ["held", "uninterpreted", "inert"]
  }

  /// Reads some numbers, such as `1 disputed, 0 met`.
  func counts(
    _ line: inout ScenarioLine,
    _ words: [String]
  ) throws(ScenarioError) -> [Expectation.Count] {
    var counts: [Expectation.Count] = []
    let sorted = words.sorted { $0.count > $1.count }
    repeat {
      let number = try line.needNumber("a number")
      let what = try line.needOne(of: sorted.map { ($0, $0) }, "what is counted")
      counts.append(Expectation.Count(number: number, what: what))
    } while line.take(",") || line.take("and")
    return counts
  }

  /// Reads what a comment shows.
  func commentClaim(_ line: inout ScenarioLine) throws(ScenarioError) -> Expectation.Comment {
    if line.take("says") { return .says(try texts(&line, "what it says").sorted()) }
    if line.take("answers") { return .answers(try line.needText("the comment that it answers")) }
    if line.take("is by") { return .author(person: try person(&line)) }
    if line.take("is not withdrawn") { return .withdrawn(false, because: nil) }
    try line.need("is withdrawn", "expect the comment \"…\" is withdrawn, or is by Lay, or says …")
    let because = line.take("because") ? try line.needText("why") : nil
    return .withdrawn(true, because: because)
  }

  /// Reads what an evidence item shows.
  func evidenceClaim(_ line: inout ScenarioLine) throws(ScenarioError) -> Expectation.Evidence {
    if line.take("supports nothing") { return .supports([]) }
    if line.take("supports") { return .supports(try standards(&line).sorted()) }
    if line.take("is called") { return .title(try texts(&line, "a title").sorted()) }
    try line.need("is", "expect the evidence \"Rota\" is seen, or supports XR-305")
    if line.take("by") { return .author(person: try person(&line)) }
    if line.take("not archived") { return .archived(false, because: nil) }
    if line.take("archived") {
      let because = line.take("because") ? try line.needText("why") : nil
      return .archived(true, because: because)
    }
    if line.take("in use by") {
      var people = [try person(&line)]
      while line.take("and") || line.take(",") { people.append(try person(&line)) }
      return .inUse(people: people)
    }
    let start = line.place
    let isNot = line.take("not")
    if line.take("incomplete") {
      return .attention(try line.needOne(of: IncompleteItem.Kind.self, "what it lacks"), !isNot)
    }
    line.place = start
    var statuses = [try line.needOne(of: EvidenceStatus.self, "a status")]
    while line.take("and") || line.take(",") {
      statuses.append(try line.needOne(of: EvidenceStatus.self, "a status"))
    }
    return .status(statuses.sorted { $0.rawValue < $1.rawValue })
  }
}
