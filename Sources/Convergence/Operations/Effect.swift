/// What an operation does to the state of its visit.
public enum Effect: Hashable, Sendable {
  /// It takes effect.
  case effective

  /// It breaks a rule of meaning: kept and passed on, without effect, shown to its author.
  case inert(InertReason)

  /// Its author may not act now: kept, without effect until a person releases it.
  case held

  /// This version cannot interpret it: kept and passed on.
  case uninterpreted
}
