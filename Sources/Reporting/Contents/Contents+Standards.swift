import AssessmentModel
import Convergence

extension Contents {
  /// Every standard by section, then everything that is said of those of which anything is.
  var standards: [Block] {
    var blocks: [Block] = [
      .heading(2, visit.framework?.judgedUnit == .clause ? "Clauses" : "Standards")
    ]
    for section in sections {
      blocks.append(.heading(3, section.heading))
      blocks.append(
        .table(
          Block.Table(
            section.heading,
            columns: ["Ref", "Title", "Team's view", "Locations"],
            rows: section.standards.map { standard in
              [standard.ref, standard.title, view(of: standard), locations(of: standard)]
            }
          )
        )
      )
      blocks += section.standards.flatMap(details)
    }
    return blocks
  }

  /// Versions among which one person has still to choose: apart, since they are no dissent.
  var selfConflicts: [Block] {
    let rows = visit.standards.flatMap { standard in
      standard.places.flatMap { place in
        place.slots.filter { $0.standing == .selfConflict }.flatMap { slot in
          slot.versions.all.map { version in
            [standard.ref, self.place(place.location)] + judgement(version)
          }
        }
      }
    }
    if rows.isEmpty { return [] }
    return [
      .heading(2, "Self-conflicts"),
      .paragraph(
        """
        Each of these people wrote differing versions on several devices and has still to choose. \
        Until then none of the versions counts as agreement or as dissent.
        """
      ),
      .table(
        Block.Table(
          "Versions to choose between",
          columns: ["Ref", "Where"] + Self.judgementColumns,
          rows: rows
        )
      ),
    ]
  }

  /// What leaves every count, with reasons.
  var notApplicable: [Block] {
    let listed = visit.notApplicable
    if listed.isEmpty { return [] }
    return [
      .heading(2, "Not applicable"),
      .table(
        Block.Table(
          "Left out of every number but the first two",
          columns: ["Ref", "Title", "Reasons", "Evidence kept"],
          rows: listed.map { standard in
            [standard.ref, standard.title, reasons(of: standard), titles(of: standard)]
          }
        )
      ),
    ]
  }

  /// A section with its standards; those that the framework does not know come last.
  struct Section {
    let heading: String
    let standards: [StandardView]
  }

  var sections: [Section] {
    let known = (visit.framework?.sections ?? []).map { section in
      Section(
        heading: [section.code, section.title].filter { !$0.isEmpty }.joined(separator: " "),
        standards: visit.standards.filter { $0.standard?.section == section.id }
      )
    }
    let ids = Set((visit.framework?.sections ?? []).map(\.id))
    let others = visit.standards.filter { standard in
      standard.standard.map { !ids.contains($0.section) } ?? true
    }
    return (known + [Section(heading: "Not in the framework at hand", standards: others)])
      .filter { !$0.standards.isEmpty }
  }

  /// The team's view with what is to be known beside it.
  func view(of standard: StandardView) -> String {
    var words = [standard.teamView.words]
    if standard.isOutOfScope { words.append("out of scope") }
    if standard.isJudgedButOutOfScope { words.append("judged but out of scope") }
    if standard.whole.isIncomplete { words.append("incomplete: reason missing") }
    if standard.teamView == .notJudged,
      standard.whole.slots.contains(where: { $0.standing == .part })
    {
      words.append("a part is not applicable")
    }
    return words.joined(separator: "; ")
  }

  private func locations(of standard: StandardView) -> String {
    standard.locations.map { "\(place($0.location)): \($0.teamView.words)" }
      .joined(separator: "; ")
  }

  // MARK: One standard

  private func details(_ standard: StandardView) -> [Block] {
    let comments = comments.filter { $0.about == standard.record }
    let links = standard.linked.filter { $0.teamView != .notJudged }
    var blocks = [judgements(standard), resolutions(standard), scope(standard)]
      .compactMap(\.self)
    if !blocks.isEmpty, !links.isEmpty {
      let words = links.map { link in
        "\(link.ref) \(link.teamView.words)\(link.isContrary ? " (contrary)" : "")"
      }
      blocks.append(.facts([.init("Linked", words.joined(separator: "; "))]))
    }
    var facts: [Block.Fact] = []
    if !titles(of: standard).isEmpty { facts.append(.init("Evidence", titles(of: standard))) }
    facts += comments.map { .init("Comment by \(name($0.author))", self.words($0)) }
    if !facts.isEmpty { blocks.append(.facts(facts)) }
    if blocks.isEmpty { return [] }
    let heading = Block.heading(4, "\(standard.ref) \(standard.title)")
    return [heading, .facts([.init("Team's view", view(of: standard))])] + blocks
  }

  private static let judgementColumns = [
    "Person", "Outcome", "Rationale", "Reason", "Part", "Edition", "Device clock (UTC)",
    "Operation",
  ]

  private func judgement(_ version: Written<Judgement>) -> [String] {
    [
      name(version.author), version.content.outcome.words, version.content.because ?? "",
      version.content.isIncomplete ? "missing" : version.content.reason?.words ?? "",
      version.content.part ?? "", version.content.edition, ClockLabel.iso(version.clock),
      "#\(version.dot)",
    ]
  }

  private func judgements(_ standard: StandardView) -> Block? {
    let rows = standard.places.flatMap { place in
      place.slots.flatMap { slot -> [[String]] in
        if slot.standing == .selfConflict {
          return [
            [self.place(place.location), name(slot.person), "see self-conflicts"]
          ]
        }
        return slot.versions.all.map { version in
          [self.place(place.location)] + judgement(version) + [remarks(version, slot, place)]
        }
      }
    }
    if rows.isEmpty { return nil }
    return .table(
      Block.Table(
        "Judgements of \(standard.ref)",
        columns: ["Where"] + Self.judgementColumns + ["Remarks"],
        rows: rows
      )
    )
  }

  private func remarks(
    _ version: Written<Judgement>,
    _ slot: JudgementSlot,
    _ place: PlaceView
  ) -> String {
    var remarks = place.awareness.filter { $0.person == slot.person }.map { awareness in
      "\(name(slot.person)) had seen \(name(awareness.hadSeen))'s"
    }
    let resolutions = place.resolutions.all.filter { $0.content.outcome != .notJudged }
    if !resolutions.isEmpty,
      !resolutions.contains(where: { TeamView.isCovered(version, by: $0) })
    {
      remarks.append("not considered by the resolution")
    }
    return remarks.joined(separator: "; ")
  }

  private func resolutions(_ standard: StandardView) -> Block? {
    let rows = standard.places.flatMap { place in
      place.resolutions.all.map { resolution in
        [
          self.place(place.location), name(resolution.author),
          resolution.content.outcome == .notJudged
            ? "taken back" : resolution.content.outcome.words,
          resolution.content.because, resolution.content.reason?.words ?? "",
          considered(resolution, place), resolution.content.edition,
          ClockLabel.iso(resolution.clock), "#\(resolution.dot)",
          place.isUnverified(resolution) ? "unverified: by a party to it" : "",
        ]
      }
    }
    if rows.isEmpty { return nil }
    return .table(
      Block.Table(
        "Resolutions of \(standard.ref)",
        columns: [
          "Where", "By", "Outcome", "Because", "Reason", "Considered", "Edition",
          "Device clock (UTC)", "Operation", "Remarks",
        ],
        rows: rows
      )
    )
  }

  /// What a resolution cites: judgements that still stand by author and outcome, others by name.
  private func considered(_ resolution: Written<Resolution>, _ place: PlaceView) -> String {
    resolution.cites.map { dot in
      let version = place.slots.flatMap(\.versions.all).first { $0.dot == dot }
      guard let version else { return "#\(dot) (changed since)" }
      return "#\(dot) (\(name(version.author)): \(version.content.outcome.words))"
    }
    .joined(separator: "; ")
  }

  private func scope(_ standard: StandardView) -> Block? {
    if standard.scope.isEmpty { return nil }
    return .table(
      Block.Table(
        "Scope decisions on \(standard.ref)",
        columns: ["By", "Applies", "Extent", "Because", "Reason", "Device clock (UTC)"],
        rows: standard.scope.all.map { decision in
          [
            name(decision.author), decision.content.applies ? "yes" : "no",
            decision.content.extent.rawValue, decision.content.because,
            decision.content.reason?.words ?? (decision.content.applies ? "" : "missing"),
            ClockLabel.iso(decision.clock),
          ]
        }
      )
    )
  }

  private func reasons(of standard: StandardView) -> String {
    var reasons: [String] = []
    for resolution in standard.whole.resolutions.all {
      reasons.append(
        words(resolution.author, resolution.content.reason, resolution.content.because)
      )
    }
    for slot in standard.whole.slots {
      guard let judgement = slot.counted, judgement.outcome == .notApplicable else { continue }
      reasons.append(words(slot.person, judgement.reason, judgement.because))
    }
    for decision in standard.scope.all where !decision.content.applies {
      reasons.append(words(decision.author, decision.content.reason, decision.content.because))
    }
    return reasons.joined(separator: "; ")
  }

  private func words(
    _ person: PersonID,
    _ reason: NotApplicableReason?,
    _ because: String?
  ) -> String {
    let words = [reason?.words, because].compactMap(\.self).joined(separator: ", ")
    return "\(name(person)): \(words)"
  }

  private func titles(of standard: StandardView) -> String {
    evidence.filter { $0.supportedStandards.contains(standard.id) }.map(\.name)
      .joined(separator: "; ")
  }
}
