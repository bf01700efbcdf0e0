/// Whom or what a printed note is for.
public enum NoteKind: String, Hashable, Sendable, CaseIterable {
  /// It explains something to the service.
  case services
  /// It tells reviewers what to ask, look for or bear in mind.
  case reviewers
  /// It names a publication or a page.
  case webLinks
  /// It points to another standard.
  case standards
}
