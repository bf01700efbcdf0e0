import ArgumentParser
import AssessmentModel
import Convergence

/// `fieldbook standards`.
struct StandardsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "standards",
    abstract: "List the standards with what the team makes of them."
  )

  /// Which standards to list.
  enum State: String, CaseIterable, ExpressibleByArgument {
    case all
    case notJudged = "not-judged"
    case judged
    case mine
    case notMine = "not-mine"
    case open
    case disputed
    case stale
    case contested
    case selfConflict = "self-conflict"
    case agreed
    case oneView = "one-view"
    case resolved
    case met
    case notMet = "not-met"
    case notApplicable = "not-applicable"
  }

  @OptionGroup var options: VisitOptions
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp("Only one section, such as XR-3.", valueName: "code"))
  var section: String?

  @Option(
    help: ArgumentHelp(
      """
      Only those in a state: not-judged, judged, mine (judged by you), not-mine, open (a person has \
      to settle something), disputed, stale, contested, self-conflict, agreed, one-view, resolved, \
      met, not-met, not-applicable.
      """,
      valueName: "state"
    )
  )
  var state = State.all

  func run() throws {
    let visit = try options.open()
    let view = try visit.read().view
    let me = try visit.device.person()
    let section = try section.map { try Self.section($0, in: view) }
    let standards = view.standards.filter { standard in
      (section == nil || standard.standard?.section == section) && isWanted(standard, me)
    }
    if output.json {
      let list = standards.map { standard in
        Value.members(
          ("id", .string(standard.id)),
          ("isNotApplicable", .bool(standard.isNotApplicable)),
          ("locations", .int(Int64(standard.locations.count))),
          ("outcome", standard.teamView.settledOutcome.map { .string($0.rawValue) }),
          ("ref", .string(standard.ref)),
          ("section", (standard.standard?.section.text).map(Value.string)),
          ("teamView", .string(standard.teamView.name)),
          ("title", .string(standard.title))
        )
      }
      return Terminal.outRaw(JSONText.line(.object(["standards": .list(list)])))
    }
    guard !standards.isEmpty else { return Terminal.out("None.") }
    var table = Table()
    for standard in standards {
      table.add(standard.ref, state(of: standard), standard.title)
    }
    Terminal.out(table.text)
  }

  private func state(of standard: StandardView) -> String {
    let words =
      switch standard.teamView {
      case .stale: "stale"
      case .contested: "contested"
      case .selfConflict: "self-conflict"
      case let view: view.words
      }
    let scope = standard.isOutOfScope ? " (out of scope)" : ""
    let places = standard.locations.isEmpty ? "" : " +\(standard.locations.count) loc."
    return words + scope + places
  }

  private static func section(
    _ text: String,
    in view: VisitView
  ) throws(CommandFailure) -> SectionID {
    let wanted = RefKey(text)
    let sections = view.framework?.sections ?? []
    if let found = sections.first(where: { RefKey($0.code) == wanted || $0.id.text == text }) {
      return found.id
    }
    let codes = sections.map(\.code).joined(separator: ", ")
    throw .refused("There is no section \"\(text)\". There are: \(codes).")
  }

  private func isWanted(_ standard: StandardView, _ me: PersonID) -> Bool {
    let view = standard.teamView
    let isMine = standard.places.contains { place in
      place.slot(of: me).map { $0.standing != .nothing } ?? false
    }
    return switch state {
    case .all: true
    case .notJudged: view == .notJudged && !standard.isNotApplicable
    case .judged: view != .notJudged
    case .mine: isMine
    case .notMine: !isMine
    case .open: standard.places.contains { $0.teamView.isOpen }
    case .disputed, .stale, .contested, .selfConflict, .agreed, .oneView, .resolved:
      standard.places.contains { $0.teamView.name == state.rawValue }
    case .met: view.settledOutcome == .met
    case .notMet: view.settledOutcome == .notMet
    case .notApplicable: standard.isNotApplicable
    }
  }
}
