/// What a framework calls the thing that reviewers judge.
public enum JudgedUnit: String, Hashable, Sendable, CaseIterable {
  /// A standard with a quality statement and an outcome measure.
  case standard
  /// A clause of continuous text, without either.
  case clause
}
