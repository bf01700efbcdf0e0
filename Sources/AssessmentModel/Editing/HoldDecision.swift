/// What a person makes of operations that are held.
public enum HoldDecision: String, CaseIterable, Hashable, Sendable {
  /// They take effect.
  case release

  /// They stay held, and nobody is asked again.
  case refuse
}
