public import Convergence

/// A visit as people speak of it, read from its cells.
///
/// It is a pure function of the cells, the framework and who had seen what: machines that hold the
/// same operations show the same, whatever their clocks say and whoever they heard from first.
/// Lists are in printed order where the framework gives one and sorted by ID or dot otherwise.
public struct VisitView: Hashable, Sendable {
  /// The title.
  public let title: Versions<String>

  /// The framework that it is judged by.
  public let pin: Versions<FrameworkPin>

  /// The model version that the visit pins.
  public let model: Versions<Int64>

  /// The framework at hand, if there is one.
  public let framework: Framework?

  /// The service that is assessed.
  public let service: ServiceView

  /// Everybody who is or was on the visit, by role and then ID.
  public let members: [TeamMember]

  /// Every standard of the framework in printed order, then those that only records name, by ID.
  public let standards: [StandardView]

  /// Every evidence item, by dot.
  public let evidence: [EvidenceView]

  /// Every comment, by dot; replies too.
  public let comments: [CommentView]

  /// How far the team has come.
  public let progress: Progress

  /// What still wants a person's attention: standards in printed order first, then the rest.
  public let incomplete: [IncompleteItem]

  /// Who is one human with whom, enrolled twice.
  package let joins: Joins

  private let positions: [String: Int]

  /// Reads a visit.
  ///
  /// - Parameters:
  ///   - cells: The state of the visit.
  ///   - framework: The edition that the visit pins; without it standards are shown by their IDs,
  ///     and only those that somebody wrote about.
  ///   - hasSeen: Whether the author of the later operation had seen the earlier one when they
  ///     wrote it.
  /// - Complexity: O(*n* log *n*) for *n* cells.
  public init(
    cells: MemoryCells,
    framework: Framework?,
    hasSeen: (_ later: Dot, _ earlier: Dot) -> Bool
  ) {
    let index = CellIndex(cells)
    let items = index.items
    joins = index.joins
    title = Versions(index.cell(.visit, "title"), \.string)
    pin = Versions(index.cell(.visit, "framework"), FrameworkPin.init)
    model = Versions(index.cell(.visit, "model"), \.int)
    self.framework = framework
    service = index.service(items)
    members = index.members
    evidence = items.filter { $0.type == "evidence" }
      .map { index.evidence($0, hasSeen: hasSeen) }
    comments = items.filter { $0.type == "comment" }.compactMap { index.comment($0) }
    standards = index.standards(
      framework: framework,
      evidence: evidence,
      comments: comments,
      joins: joins,
      hasSeen: hasSeen
    )
    positions = Dictionary(
      standards.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first }
    )
    progress = Progress(standards)
    incomplete = IncompleteItem.all(
      standards: standards,
      members: members,
      evidence: evidence,
      comments: comments,
      service: service,
      visit: [("title", title.isSplit), ("framework", pin.isSplit), ("model", model.isSplit)]
    )
  }

  /// Everything about one standard; `nil` if neither the framework nor a record names it.
  public func standard(_ id: StandardID) -> StandardView? { standard(id: id.text) }

  /// Everything about one standard, by the ID that records name.
  public func standard(id: String) -> StandardView? { positions[id].map { standards[$0] } }

  /// Somebody who is or was on the visit.
  public func member(_ person: PersonID) -> TeamMember? {
    members.first { $0.person == person }
  }

  /// The name of a person to show: `server` for the authority, the ID for a stranger; of people who
  /// were joined, the name of the one that the others were joined to.
  public func name(of person: PersonID) -> String {
    person == .authority ? "server" : member(shown(person))?.name ?? person.text
  }

  /// Under whom somebody is shown: themselves, or whom they were joined to.
  public func shown(_ person: PersonID) -> PersonID {
    let shown = joins.shown(person)
    return member(shown) == nil ? person : shown
  }

  /// Whether two people are one human, enrolled twice.
  public func areOne(_ person: PersonID, _ other: PersonID) -> Bool {
    joins.areOne(person, other)
  }

  /// A location.
  public func location(_ dot: Dot) -> LocationView? {
    service.locations.first { $0.dot == dot }
  }

  /// The comments about a record, by dot, whether they answer another or not.
  public func comments(about record: RecordID) -> [CommentView] {
    comments.filter { $0.about == record }
  }

  /// The standards on which a person has to settle something, as a whole or at a location.
  public var open: [StandardView] {
    standards.filter { standard in standard.places.contains { $0.teamView.isOpen } }
  }

  /// The standards that leave every count (R4).
  public var notApplicable: [StandardView] { standards.filter(\.isNotApplicable) }

  /// Whether the framework at hand is the edition that the visit pins.
  public var isPinnedFrameworkAtHand: Bool {
    pin.only.map { $0.id == framework?.id.text && $0.edition == framework?.edition.text } ?? false
  }
}
