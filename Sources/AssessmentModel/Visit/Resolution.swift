public import Convergence

/// How a person settled what the team made of a standard.
public struct Resolution: Hashable, Sendable {
  /// What it was settled as; ``Outcome/notJudged`` takes an earlier resolution back.
  public let outcome: Outcome

  /// The edition of the framework under which it was settled.
  public let edition: String

  /// Why.
  public let because: String

  /// Why it is not applicable.
  public let reason: NotApplicableReason?

  /// Describes a resolution.
  public init(
    outcome: Outcome,
    edition: String,
    because: String,
    reason: NotApplicableReason? = nil
  ) {
    self.outcome = outcome
    self.edition = edition
    self.because = because
    self.reason = reason
  }

  /// Reads the value of a resolution; `nil` if it is none.
  public init?(_ value: Value) {
    guard let outcome = value["is"]?.string.flatMap(Outcome.init(rawValue:)),
      let edition = value["under"]?.string, let because = value["because"]?.string
    else { return nil }
    self.init(
      outcome: outcome,
      edition: edition,
      because: because,
      reason: value["reason"]?.string.flatMap(NotApplicableReason.init(rawValue:))
    )
  }

  /// The value that is written.
  public var value: Value {
    .members(
      ("is", .string(outcome.rawValue)),
      ("under", .string(edition)),
      ("because", .string(because)),
      ("reason", (reason?.rawValue).map(Value.string))
    )
  }

  /// Whether it says not applicable and not why.
  public var isIncomplete: Bool { outcome == .notApplicable && reason == nil }
}
