import AssessmentModel
import Convergence

/// What a reviewer is shown beside a standard that they judge: warnings of the document, and linked
/// standards with their state (R6, R8).
struct Beside {
  private let card: StandardCard
  private let index: CellIndex

  /// Prepares what stands beside a standard.
  init(_ card: StandardCard, cells: MemoryCells) {
    self.card = card
    index = CellIndex(cells)
  }

  /// Tells the person.
  func say(judged outcome: Outcome) {
    if card.warnsOfPolicyAlone, outcome == .met {
      Terminal.say("Note: the document says that having a policy does not by itself meet this.")
    }
    let linked = card.linked.compactMap { id, ref -> String? in
      let view = self.view(id)
      guard view != .notJudged else { return nil }
      let isContrary =
        [outcome, view.settledOutcome].contains(.met)
        && [outcome, view.settledOutcome].contains(.notMet)
      return "\(ref) \(view.words)\(isContrary ? " (contrary)" : "")"
    }
    if !linked.isEmpty { Terminal.say("Linked: \(linked.joined(separator: "; ")).") }
  }

  private func view(_ id: StandardID) -> TeamView {
    let places = index.places(of: .named("standard:\(id)"), joins: index.joins) { _, _ in
      false
    }
    return places.first?.teamView ?? .notJudged
  }
}
