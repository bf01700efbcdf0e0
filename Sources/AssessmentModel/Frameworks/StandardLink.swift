/// A cross-reference that a standard or a section's introduction makes.
///
/// A link is shown, never obeyed: no judgement changes another (R8).
public struct StandardLink: Hashable, Sendable {
  /// What a link points to.
  public enum Target: Hashable, Sendable {
    /// A standard.
    case standard(StandardID)
    /// All standards of a section.
    case section(SectionID)
    /// All standards whose ref begins with this; an empty text means every standard.
    case wildcard(prefix: String)
    /// A note of the same standard, by its printed number.
    case note(Int)
    /// A ref that no standard of the edition has; the printed form tells which.
    case nowhere
  }

  /// What became of the pointer when the document was read.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// It leads where it says.
    case resolved
    /// It leads to the standard that it stands in.
    case toItself = "self"
    /// It leads nowhere.
    case dangling
    /// It leads to a note that speaks of something else: the notes were renumbered under it (R15).
    case stale
  }

  /// Where the link stands.
  public let place: StandardPlace
  /// What it points to.
  public let target: Target
  /// What became of the pointer.
  public let state: State
  /// The pointer as printed; empty where the document names its target in words only.
  public let printed: String

  /// Records a link.
  public init(place: StandardPlace, target: Target, state: State, printed: String) {
    self.place = place
    self.target = target
    self.state = state
    self.printed = printed
  }

  /// Whether the document gives no ref here, so that a person worked out the target.
  public var isInferred: Bool { printed.isEmpty }

  /// The standard it points to, if it points to one.
  public var standard: StandardID? {
    guard case .standard(let id) = target else { return nil }
    return id
  }
}
