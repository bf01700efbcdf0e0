/// How strongly a suggestion is put, by the word that it uses.
///
/// No strength makes a suggestion a requirement: a standard is judged on its quality statement and
/// outcome measure.
public enum SuggestionStrength: String, Hashable, Sendable, CaseIterable {
  /// "Must": something that the law asks for.
  case must
  /// "Should": something that a professional body advises.
  case should
  /// "Could": an idea for improvement.
  case could
  /// None of the three words.
  case unstated
}
