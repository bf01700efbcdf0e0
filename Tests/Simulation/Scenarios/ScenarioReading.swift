import AssessmentModel
import Convergence
import OperationStore

/// What one device, or the server, shows of a visit at a moment.
struct ScenarioReading {
  /// Whose screen it is, in words.
  let name: String
  let view: VisitView
  let history: [OperationStore.HistoryEntry]
  let notices: [OperationStore.Notice]
  private let cells: MemoryCells

  /// Reads a store as the client does: who had seen what is worked out from the whole log.
  ///
  /// A view is a function of cells, framework and log: one that was worked out from the same cells
  /// and the same log need not be worked out again, so it is looked for among the readings before.
  init(
    _ name: String,
    _ store: OperationStore,
    _ visit: VisitID,
    _ framework: Framework,
    known: inout [ScenarioReading]
  ) throws {
    self.name = name
    let (entries, causality) = try store.history(of: visit)
    history = entries
    notices = try store.notices(of: visit)
    let cells = try store.cells(of: visit)
    self.cells = cells
    if let alike = known.last(where: { $0.history == entries && $0.cells == cells }) {
      view = alike.view
      return
    }
    view = VisitView(cells: cells, framework: framework) { later, earlier in
      causality.hasSeen(later, earlier)
    }
    if known.count == Self.knownLimit { known.removeFirst() }
    known.append(self)
  }

  /// How many readings are worth keeping.
  private static let knownLimit = 24

  /// What is said of a standard at a place; nothing where nobody wrote.
  func place(_ standard: StandardID, _ location: Dot?) -> PlaceView? {
    view.standard(standard)?.places.first { $0.location == location }
  }

  /// How many operations have no effect for a reason of some kind.
  func count(of what: String) -> Int {
    notices.count { notice in
      switch notice.effect {
      case .effective: false
      case .held: what == "held"
      case .uninterpreted: what == "uninterpreted"
      case .inert: what == "inert"
      }
    }
  }

  /// A number of the progress by the word of the form.
  func progress(_ what: String) -> Int? {
    let progress = view.progress
    return switch what {
    case "standards": progress.standards
    case "applicable": progress.applicable
    case "not-applicable": progress.notApplicable
    case "judged": progress.judged
    case "not-judged": progress.notJudged
    case "met": progress.met
    case "not-met": progress.notMet
    case "disputed": progress.disputed
    case "stale": progress.stale
    case "contested": progress.contested
    case "self-conflict": progress.selfConflict
    case "incomplete": progress.incomplete
    case "open": progress.open
    default: nil
    }
  }

  /// The judgements that a person wrote of a whole standard, in the order of the history.
  func judgements(of standard: StandardID, by person: PersonID) -> [(dot: Dot, outcome: Outcome)] {
    history.compactMap { entry in
      guard case .set(let assignment) = entry.operation.action, entry.effect == .effective,
        assignment.record == .standard(standard), assignment.field == "judgement",
        assignment.location == nil, entry.operation.person == person,
        let judgement = Judgement(assignment.value)
      else { return nil }
      return (entry.operation.dot, judgement.outcome)
    }
  }
}
