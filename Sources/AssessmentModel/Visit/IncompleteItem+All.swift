import Convergence

extension IncompleteItem {
  /// Everything in a visit that still wants a person's attention.
  static func all(
    standards: [StandardView],
    members: [TeamMember],
    evidence: [EvidenceView],
    comments: [CommentView],
    service: ServiceView,
    visit: [(field: String, isSplit: Bool)]
  ) -> [IncompleteItem] {
    var items = standards.flatMap(items(of:))
    for (field, isSplit) in visit where isSplit {
      items.append(IncompleteItem(.split, .visit, field: field))
    }
    for member in members {
      items += self.items(of: member)
    }
    let ofService = [
      ("name", service.name.isSplit), ("provider", service.provider.isSplit),
      ("nation", service.nation.isSplit),
    ]
    items += splits(ofService, in: .service)
    for location in service.locations {
      let fields = [("name", location.name.isSplit), ("kind", location.kind.isSplit)]
      items += splits(fields, in: .item(location.dot))
    }
    for item in evidence {
      let record = RecordID.item(item.dot)
      if item.isArchived, !item.inUseBy.isEmpty {
        items.append(IncompleteItem(.archivedInUse, record, people: item.inUseBy))
      }
      let fields = [
        ("title", item.title.isSplit), ("kind", item.kind.isSplit),
        ("reference", item.reference.isSplit), ("status", item.status.isSplit),
        ("supports", item.supports.contains { $0.versions.isSplit }),
      ]
      items += splits(fields, in: record)
    }
    for comment in comments where comment.text.isSplit {
      items.append(
        IncompleteItem(.split, .item(comment.dot), people: [comment.author], field: "text")
      )
    }
    return items
  }

  private static func items(of member: TeamMember) -> [IncompleteItem] {
    let fields = [
      ("member", member.entries.isSplit), ("interest", member.interest.isSplit),
      ("assigned", member.assigned.isSplit),
    ]
    var items = fields.filter { $0.1 }.map {
      IncompleteItem(.split, .visit, people: [member.person], field: $0.0)
    }
    if member.interest.isEmpty, member.role?.isTeam ?? false {
      items.append(IncompleteItem(.interestMissing, .visit, people: [member.person]))
    }
    return items
  }

  private static func splits(
    _ fields: [(String, Bool)],
    in record: RecordID
  ) -> [IncompleteItem] {
    fields.filter { $0.1 }.map { IncompleteItem(.split, record, field: $0.0) }
  }

  private static func items(of standard: StandardView) -> [IncompleteItem] {
    var items: [IncompleteItem] = []
    if standard.teamView == .notJudged, !standard.isNotApplicable {
      let isPart = standard.whole.slots.contains { $0.standing == .part }
      items.append(IncompleteItem(isPart ? .restNotJudged : .notJudged, standard.record))
    }
    for place in standard.places {
      items += self.items(of: place, standard.record)
    }
    if standard.isJudgedButOutOfScope {
      items.append(IncompleteItem(.outOfScope, standard.record))
    }
    if standard.scope.isSplit { items.append(IncompleteItem(.scopeSplit, standard.record)) }
    if standard.scope.all.contains(where: { !$0.content.applies && $0.content.reason == nil }) {
      items.append(IncompleteItem(.reasonMissing, standard.record, field: "applicable"))
    }
    return items
  }

  private static func items(of place: PlaceView, _ record: RecordID) -> [IncompleteItem] {
    var items: [IncompleteItem] = []
    func add(_ kind: Kind, _ people: [PersonID] = []) {
      items.append(IncompleteItem(kind, record, location: place.location, people: people))
    }
    switch place.teamView {
    case .disputed: add(.disputed, place.slots.filter { $0.counted != nil }.map(\.person))
    case .stale: add(.stale)
    case .contested: add(.contested, Set(place.resolutions.all.map(\.author)).sorted())
    case .resolved, .selfConflict, .agreed, .oneView, .notJudged: break
    }
    for slot in place.slots where slot.standing == .selfConflict {
      add(.selfConflict, [slot.person])
    }
    let unreasoned = place.slots.filter { slot in
      slot.versions.all.contains { $0.content.isIncomplete }
    }
    if place.isIncomplete { add(.reasonMissing, unreasoned.map(\.person)) }
    for resolution in place.resolutions.all
    where resolution.content.outcome != .notJudged && place.isUnverified(resolution) {
      add(.unverified, [resolution.author])
    }
    return items
  }
}
