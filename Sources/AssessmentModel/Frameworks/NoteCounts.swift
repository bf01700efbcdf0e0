/// How many notes a standard prints, by kind.
///
/// Each note counts once.
public struct NoteCounts: Hashable, Sendable {
  /// Notes that explain something to the service.
  public let services: Int
  /// Notes that address reviewers.
  public let reviewers: Int
  /// Notes that name a publication or a page.
  public let webLinks: Int
  /// Notes that point to another standard.
  public let standards: Int

  /// Records counts; negative ones become zero.
  public init(services: Int = 0, reviewers: Int = 0, webLinks: Int = 0, standards: Int = 0) {
    self.services = max(0, services)
    self.reviewers = max(0, reviewers)
    self.webLinks = max(0, webLinks)
    self.standards = max(0, standards)
  }

  /// All notes, of whatever kind; `Int.max` when the sum cannot be held.
  public var total: Int {
    NoteKind.allCases.reduce(0) { sum, kind in
      let (next, overflow) = sum.addingReportingOverflow(self[kind])
      return overflow ? Int.max : next
    }
  }

  /// How many notes are of one kind.
  public subscript(kind: NoteKind) -> Int {
    switch kind {
    case .services: services
    case .reviewers: reviewers
    case .webLinks: webLinks
    case .standards: standards
    }
  }
}
