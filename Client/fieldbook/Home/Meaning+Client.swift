import AssessmentModel
import Convergence

extension Meaning {
  /// What operations mean on this device.
  static let client = Meaning.assessment
}
