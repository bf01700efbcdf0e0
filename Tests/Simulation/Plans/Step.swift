import TestSupport

/// One thing that somebody or something does at a moment of a run.
///
/// A step carries its own chance (`salt`): taking other steps out of a run changes nothing about what
/// it draws, so that a failing run can be shrunk.
package struct Step: Hashable, Sendable, Pasteable {
  /// When, in milliseconds since the beginning.
  package let time: Int64

  /// What.
  package let action: Action

  /// Where its chance starts from.
  package let salt: UInt64

  /// Plans a step.
  package init(_ time: Int64, _ action: Action, salt: UInt64) {
    self.time = time
    self.action = action
    self.salt = salt
  }

  /// The step as Swift, to paste into a regression.
  package var source: String { "Step(\(time), .\(action.source), salt: \(salt))" }
}
