import AssessmentModel
import Convergence

/// For whom a page is printed: it decides which comments and evidence stand on it.
enum Readers {
  /// The readers that a person on the visit belongs to.
  static func of(_ person: PersonID, in view: VisitView) -> Audience {
    view.member(person)?.role == .lay ? .team : .notLay
  }
}
