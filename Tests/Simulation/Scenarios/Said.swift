import AssessmentModel

/// What somebody says of a standard, in a scenario: an outcome and the words with it.
///
/// As an expectation, what is `nil` may be anything.
struct Said: Hashable, Sendable, CustomStringConvertible {
  let outcome: Outcome
  var because: String?
  var reason: NotApplicableReason?
  var part: String?

  /// Whether a judgement is as expected.
  func fits(_ judgement: Judgement) -> Bool {
    judgement.outcome == outcome && (because == nil || judgement.because == because)
      && (reason == nil || judgement.reason == reason) && (part == nil || judgement.part == part)
  }

  /// Whether a resolution is as expected.
  func fits(_ resolution: Resolution) -> Bool {
    resolution.outcome == outcome && (because == nil || resolution.because == because)
      && (reason == nil || resolution.reason == reason)
  }

  /// A judgement in the words of the form.
  init(_ judgement: Judgement) {
    outcome = judgement.outcome
    because = judgement.because
    reason = judgement.reason
    part = judgement.part
  }

  /// A resolution in the words of the form.
  init(_ resolution: Resolution) {
    outcome = resolution.outcome
    because = resolution.because
    reason = resolution.reason
  }

  /// Something said.
  init(_ outcome: Outcome, because: String? = nil) {
    self.outcome = outcome
    self.because = because
  }

  /// The words of the form.
  var description: String {
    var text = outcome == .notJudged ? "withdrawn" : outcome.words
    if let reason { text += " reason \(reason.rawValue)" }
    if let part { text += " part \"\(part)\"" }
    if let because { text += " because \"\(because)\"" }
    return text
  }
}
