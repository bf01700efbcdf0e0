import AssessmentModel
import Convergence

extension Contents {
  /// What the report is about.
  var head: [Block] {
    let service = visit.service
    var facts: [Block.Fact] = [
      .init("Service", words(service.name) { $0 }),
      .init("Provider", words(service.provider) { $0 }),
      .init("Nation", words(service.nation, Self.words)),
    ]
    if let framework = visit.framework {
      facts.append(.init("Framework", framework.title))
      facts.append(.init("Status of the framework", Self.words(framework.status)))
    }
    facts.append(.init("Edition", words(visit.pin) { "\($0.id) \($0.edition)" }))
    facts.append(.init("Readers", audience.words))
    var blocks: [Block] = [
      .heading(1, "Peer review: \(title)"), .facts(facts.filter { !$0.value.isEmpty }),
    ]
    if !visit.pin.isEmpty, !visit.isPinnedFrameworkAtHand {
      blocks.append(
        .paragraph("The edition that the visit names was not at hand; refs may be missing.")
      )
    }
    blocks.append(
      .paragraph(
        "Times are what the clock of each device showed, in UTC. They are labels and decide nothing."
      )
    )
    return blocks
  }

  /// Who was there, and where.
  var team: [Block] {
    let rows = visit.members.map { member in
      [
        member.name, words(member.entries) { $0.role?.words ?? "removed" },
        member.interest.isEmpty ? "not declared" : words(member.interest) { $0 },
        words(member.assigned) { $0.map(ref(ofStandard:)).joined(separator: ", ") },
      ]
    }
    var blocks: [Block] = [
      .heading(2, "Team"),
      .table(
        Block.Table(
          "People on the visit",
          columns: ["Name", "Role", "Declaration of interest", "Assigned"],
          rows: rows
        )
      ),
    ]
    let locations = visit.service.locations.map { location in
      [
        location.title, words(location.kind) { $0.words },
        words(location.archived) { "archived: \($0)" },
      ]
    }
    if !locations.isEmpty {
      blocks.append(.heading(2, "Locations"))
      blocks.append(
        .table(
          Block.Table(
            "Where the service works",
            columns: ["Location", "Kind", "Archived"],
            rows: locations
          )
        )
      )
    }
    return blocks
  }

  /// How far the team has come, with every number countable from the tables below.
  var progress: [Block] {
    let progress = visit.progress
    let sentence = """
      \(progress.judged) of \(progress.applicable) \(units) judged. This is progress, not compliance.
      """
    let rows = [
      ("In the framework", progress.standards), ("Not applicable", progress.notApplicable),
      ("Applicable", progress.applicable), ("Judged", progress.judged),
      ("Not judged", progress.notJudged), ("Met", progress.met), ("Not met", progress.notMet),
      ("Disputed", progress.disputed), ("Stale resolution", progress.stale),
      ("Contested resolution", progress.contested), ("Self-conflict", progress.selfConflict),
      ("Not applicable without a reason", progress.incomplete),
    ]
    return [
      .heading(2, "Progress"), .paragraph(sentence),
      .table(
        Block.Table(
          "Numbers of \(units), each taken as a whole",
          columns: ["What", "Number"],
          rows: rows.map { [$0.0, String($0.1)] }
        )
      ),
    ]
  }

  /// What still wants a person's attention; what is merely not judged yet is in the tables.
  var attention: [Block] {
    let hidden = Set(
      (visit.evidence.map(\.dot) + visit.comments.map(\.dot)).filter { dot in
        !evidence.contains { $0.dot == dot } && !comments.contains { $0.dot == dot }
      }
    )
    let rows = visit.incomplete.filter { item in
      if case .item(let dot) = item.record, hidden.contains(dot) { return false }
      return item.kind != .notJudged
    }
    .map { item in
      [
        words(item.record), item.location.map { place($0) } ?? "", item.kind.words,
        names(item.people), item.field ?? "",
      ]
    }
    let heading = Block.heading(2, "To be settled")
    if rows.isEmpty { return [heading, .paragraph("Nothing.")] }
    return [
      heading,
      .table(
        Block.Table(
          "What wants a person's attention",
          columns: ["About", "Location", "What", "People", "Field"],
          rows: rows
        )
      ),
    ]
  }

  static func words(_ nation: Nation) -> String {
    switch nation {
    case .england: "England"
    case .wales: "Wales"
    case .scotland: "Scotland"
    case .northernIreland: "Northern Ireland"
    }
  }

  static func words(_ status: FrameworkStatus) -> String {
    switch status {
    case .consultationDraft: "consultation draft"
    case .final: "final"
    case .superseded: "superseded"
    case .withdrawn: "withdrawn"
    case .unstated: "not stated"
    }
  }
}
