import AssessmentModel
import Convergence

extension Meaning {
  /// What operations mean on this server: those of an assessment.
  static var server: Meaning { .assessment }
}
