import AssessmentModel

/// What the standards of a framework add up to.
struct FrameworkTotals: Hashable, CustomStringConvertible {
  let standards: Int
  let notes: Int
  let suggestions: SuggestionCounts

  /// What a document states.
  init(field: JSONField) throws(CatalogueError) {
    standards = try field.field("standards").count()
    notes = try field.field("notes").count()
    suggestions = SuggestionCounts(
      suggestions: try field.field("suggestions").count(),
      subItems: try field.field("subItems").count(),
      must: try field.field("must").count(),
      should: try field.field("should").count(),
      could: try field.field("could").count(),
      unstated: try field.field("unstated").count()
    )
  }

  /// What standards really add up to.
  ///
  /// Every count was held below a million when it was read, and a document holds far fewer
  /// standards than would make a sum overflow.
  init(of list: [Standard]) {
    standards = list.count
    notes = list.reduce(0) { $0 &+ $1.notes.total }
    suggestions = SuggestionCounts(
      suggestions: list.reduce(0) { $0 &+ $1.suggestions.suggestions },
      subItems: list.reduce(0) { $0 &+ $1.suggestions.subItems },
      must: list.reduce(0) { $0 &+ $1.suggestions.must },
      should: list.reduce(0) { $0 &+ $1.suggestions.should },
      could: list.reduce(0) { $0 &+ $1.suggestions.could },
      unstated: list.reduce(0) { $0 &+ $1.suggestions.unstated }
    )
  }

  /// The totals in words, for an error.
  var description: String {
    let strengths = SuggestionStrength.allCases.map { "\(suggestions[$0]) \($0.rawValue)" }
    return "\(standards) standards, \(suggestions.suggestions) suggestions ("
      + strengths.joined(separator: ", ") + "), \(suggestions.subItems) items, \(notes) notes"
  }
}
