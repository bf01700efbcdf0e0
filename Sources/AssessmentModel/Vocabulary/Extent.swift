/// How much of a standard a scope decision speaks of (R3).
public enum Extent: String, Hashable, Sendable, CaseIterable {
  /// All of it.
  case whole

  /// A part; the rest still has to be judged.
  case part
}
