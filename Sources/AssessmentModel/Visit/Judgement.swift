public import Convergence

/// What one person says of a standard: outcome, rationale and extent, as one unit.
public struct Judgement: Hashable, Sendable {
  /// What is said.
  public let outcome: Outcome

  /// The edition of the framework under which it was said; it stays so for ever (R14).
  public let edition: String

  /// The rationale, if one was given.
  public let because: String?

  /// Why it is not applicable.
  public let reason: NotApplicableReason?

  /// What of the standard it covers, if not all.
  public let part: String?

  /// Describes a judgement.
  public init(
    outcome: Outcome,
    edition: String,
    because: String? = nil,
    reason: NotApplicableReason? = nil,
    part: String? = nil
  ) {
    self.outcome = outcome
    self.edition = edition
    self.because = because
    self.reason = reason
    self.part = part
  }

  /// Reads the value of a judgement; `nil` if it is none.
  public init?(_ value: Value) {
    guard let outcome = value["is"]?.string.flatMap(Outcome.init(rawValue:)),
      let edition = value["under"]?.string
    else { return nil }
    self.init(
      outcome: outcome,
      edition: edition,
      because: value["because"]?.string,
      reason: value["reason"]?.string.flatMap(NotApplicableReason.init(rawValue:)),
      part: value["part"]?.string
    )
  }

  /// The value that is written.
  public var value: Value {
    .members(
      ("is", .string(outcome.rawValue)),
      ("under", .string(edition)),
      ("because", because.map(Value.string)),
      ("reason", (reason?.rawValue).map(Value.string)),
      ("part", part.map(Value.string))
    )
  }

  /// Whether it says not applicable and not why (C10): kept, shown, and to be completed.
  public var isIncomplete: Bool { outcome == .notApplicable && reason == nil }

  /// Whether it says that a *part* is not applicable: the rest still needs a judgement (R3).
  public var coversOnlyPart: Bool { outcome == .notApplicable && part != nil }
}
