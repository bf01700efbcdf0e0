public import Convergence

/// Whether a standard concerns the service at all, as the team decided it.
public struct ScopeDecision: Hashable, Sendable {
  /// Whether it does.
  public let applies: Bool

  /// How much of the standard this speaks of.
  public let extent: Extent

  /// Why it does not, by kind.
  public let reason: NotApplicableReason?

  /// Why, in words.
  public let because: String

  /// Describes a decision.
  public init(applies: Bool, extent: Extent, reason: NotApplicableReason?, because: String) {
    self.applies = applies
    self.extent = extent
    self.reason = reason
    self.because = because
  }

  /// Reads the value of a decision; `nil` if it is none.
  public init?(_ value: Value) {
    guard let applies = value["is"]?.bool,
      let extent = value["extent"]?.string.flatMap(Extent.init(rawValue:)),
      let because = value["because"]?.string
    else { return nil }
    self.init(
      applies: applies,
      extent: extent,
      reason: value["reason"]?.string.flatMap(NotApplicableReason.init(rawValue:)),
      because: because
    )
  }

  /// The value that is written.
  public var value: Value {
    .members(
      ("is", .bool(applies)),
      ("extent", .string(extent.rawValue)),
      ("reason", (reason?.rawValue).map(Value.string)),
      ("because", .string(because))
    )
  }

  /// Whether it takes the whole standard out of scope.
  public var excludesWhole: Bool { !applies && extent == .whole }
}
