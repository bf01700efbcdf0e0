/// How far a published edition has come.
public enum FrameworkStatus: String, Hashable, Sendable, CaseIterable {
  /// Published to be commented on; the final edition will differ.
  case consultationDraft = "consultation-draft"
  /// In force.
  case final
  /// A later edition replaced it; records made under it stay under it.
  case superseded
  /// Taken back without a successor.
  case withdrawn
  /// The document does not say.
  case unstated
}
