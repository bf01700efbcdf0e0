/// How many suggestions a standard prints, and how strongly they are put.
///
/// One suggestion may use two of the three words and then counts under both, so that the strengths
/// can add up to more than ``suggestions``.
public struct SuggestionCounts: Hashable, Sendable {
  /// Suggestions.
  public let suggestions: Int
  /// Lettered or indented items under suggestions.
  public let subItems: Int
  /// Suggestions that use "must".
  public let must: Int
  /// Suggestions that use "should".
  public let should: Int
  /// Suggestions that use "could".
  public let could: Int
  /// Suggestions that use none of the three.
  public let unstated: Int

  /// Records counts; negative ones become zero.
  public init(
    suggestions: Int = 0,
    subItems: Int = 0,
    must: Int = 0,
    should: Int = 0,
    could: Int = 0,
    unstated: Int = 0
  ) {
    self.suggestions = max(0, suggestions)
    self.subItems = max(0, subItems)
    self.must = max(0, must)
    self.should = max(0, should)
    self.could = max(0, could)
    self.unstated = max(0, unstated)
  }

  /// How many suggestions are put with a given strength.
  public subscript(strength: SuggestionStrength) -> Int {
    switch strength {
    case .must: must
    case .should: should
    case .could: could
    case .unstated: unstated
    }
  }
}
