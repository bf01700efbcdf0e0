import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol

/// How far a visit has come.
struct StatusPage {
  private let view: VisitView
  private let reading: OpenVisit.Reading
  private let id: VisitID

  /// Prepares the page.
  init(_ reading: OpenVisit.Reading, id: VisitID) {
    self.reading = reading
    view = reading.view
    self.id = id
  }

  /// The page for people.
  var text: String {
    guard !view.title.isEmpty else {
      return "This visit is not on the device yet. Fetch it: fieldbook sync."
    }
    return [head, progress, sections, attention].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var head: String {
    let team = view.members.filter { !$0.isRemoved && isShown($0) }
      .map { "\($0.name) (\($0.role?.words ?? "role unclear"))" }
    var table = Table()
    table.add("Visit", view.title.contents.joined(separator: " / "))
    if !view.service.name.isEmpty {
      table.add("Service", view.service.name.contents.joined(separator: " / "))
    }
    table.add("Team", team.joined(separator: ", "))
    table.add("Standard", framework)
    table.add("State", String(reading.digest.text.prefix(16)))
    return table.text
  }

  /// Whether somebody stands for themselves, and is not shown as somebody they are one with.
  private func isShown(_ member: TeamMember) -> Bool {
    let shown = view.shown(member.person)
    return shown == member.person || view.member(shown)?.isRemoved != false
  }

  private var framework: String {
    guard let framework = view.framework else {
      let pin = view.pin.contents.map { "\($0.id) \($0.edition)" }
      return "\(pin.joined(separator: " / ")), not on this device: fieldbook sync"
    }
    return "\(framework.title), \(framework.edition)"
  }

  private var progress: String {
    let progress = view.progress
    var parts = ["\(progress.met) met", "\(progress.notMet) not met"]
    let open = [
      (progress.disputed, "disputed"), (progress.stale, "stale"),
      (progress.contested, "contested"), (progress.selfConflict, "self-conflict"),
      (progress.incomplete, "without a reason"),
    ]
    parts += open.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let apart =
      progress.notApplicable == 0 ? "" : " \(progress.notApplicable) not applicable, listed apart."
    let line =
      "\(progress.judged) of \(progress.applicable) judged: \(parts.joined(separator: ", "))."
    return Terminal.strong(Wrap.indented(line + apart, by: 0))
  }

  private var sections: String {
    guard let framework = view.framework else { return "" }
    var table = Table(
      ["", "judged", "met", "not met", "open", "n/a", ""],
      numeric: [1, 2, 3, 4, 5]
    )
    for section in framework.sections {
      let count = SectionCount(section, in: view)
      guard count.standards > 0 else { continue }
      table.add(
        section.code,
        "\(count.judged)/\(count.applicable)",
        "\(count.met)",
        "\(count.notMet)",
        "\(count.open)",
        "\(count.notApplicable)",
        section.title
      )
    }
    return table.text
  }

  private var attention: String {
    let wanted = view.incomplete.filter { $0.kind != .notJudged }
    var lines: [String] = []
    if !wanted.isEmpty {
      var table = Table(indent: 2)
      for item in Self.joined(wanted) { table.add(subject(item[0]), description(item)) }
      lines = [Terminal.strong("Wants a person:"), table.text]
    }
    let held = reading.notices.count { $0.effect == .held }
    let others = reading.notices.count - held
    if held > 0 {
      lines.append("\(Words.count(Int64(held), "change")) held until a person releases them.")
      lines += reading.held.lines(in: view)
    }
    if others > 0 {
      lines.append("\(Words.count(Int64(others), "change")) without effect: fieldbook history.")
    }
    return lines.joined(separator: "\n")
  }

  private func subject(_ item: IncompleteItem) -> String {
    if let id = item.record.id, let standard = view.standard(id: String(id)) {
      return standard.ref
    }
    switch item.record {
    case .named(let name): return name
    case .item(let dot): return dot.short
    }
  }

  /// Items that say the same of several people, together.
  private static func joined(_ items: [IncompleteItem]) -> [[IncompleteItem]] {
    var groups: [[IncompleteItem]] = []
    for item in items {
      let index = groups.firstIndex { group in
        group[0].kind == item.kind && group[0].record == item.record
          && group[0].location == item.location && group[0].field == item.field
      }
      if let index { groups[index].append(item) } else { groups.append([item]) }
    }
    return groups
  }

  private func description(_ items: [IncompleteItem]) -> String {
    let item = items[0]
    var words = item.kind.words
    if let location = item.location, let place = view.location(location) {
      words += " at \(place.title)"
    }
    if let field = item.field { words += " (\(field))" }
    let people = items.flatMap(\.people).map(view.name(of:))
    return people.isEmpty ? words : "\(words): \(Words.list(people))"
  }
}

extension StatusPage {
  /// The document for programs: the state of the visit and nothing of this device.
  var value: Value {
    let sections = (view.framework?.sections ?? []).map { SectionCount($0, in: view).value }
    return .members(
      ("comments", .int(Int64(view.comments.count))),
      ("evidence", .int(Int64(view.evidence.count))),
      ("framework", view.pin.only?.value),
      ("held", reading.held.value(in: view)),
      ("incomplete", .list(view.incomplete.map { $0.json(in: view) })),
      ("isFrameworkAtHand", .bool(view.isPinnedFrameworkAtHand)),
      ("model", view.model.only.map(Value.int)),
      ("notApplicable", .list(view.notApplicable.map { .string($0.ref) })),
      ("open", .list(view.open.map { .string($0.ref) })),
      ("progress", view.progress.json),
      ("sections", .list(sections)),
      ("service", .string(view.service.name.contents.joined(separator: " / "))),
      ("standards", .list(view.standards.map(\.summary))),
      ("stateDigest", .string(reading.digest.text)),
      ("team", .list(view.members.map { $0.json(in: view) })),
      ("title", .string(view.title.contents.joined(separator: " / "))),
      ("visit", .string(id.text)),
      ("withoutEffect", withoutEffect)
    )
  }

  private var withoutEffect: Value {
    .object([
      "held": .int(Int64(reading.notices.count { $0.effect == .held })),
      "inert": .int(
        Int64(
          reading.notices.count {
            if case .inert = $0.effect { true } else { false }
          }
        )
      ),
      "uninterpreted": .int(Int64(reading.notices.count { $0.effect == .uninterpreted })),
    ])
  }
}
