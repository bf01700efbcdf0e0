import AssessmentModel
import Convergence

extension TeamView {
  /// What reviewers differ about, if they do.
  var disputeKind: DisputeKind? {
    guard case .disputed(let kind) = self else { return nil }
    return kind
  }
}
