import Convergence

extension CellIndex {
  /// The service with its locations.
  func service(_ items: [Item]) -> ServiceView {
    ServiceView(
      name: Versions(cell(.service, "name"), \.string),
      provider: Versions(cell(.service, "provider"), \.string),
      nation: Versions(cell(.service, "nation")) { $0.string.flatMap(Nation.init(rawValue:)) },
      locations: items.filter { $0.type == "location" }.map { item in
        LocationView(
          dot: item.dot,
          name: Versions(cell(.item(item.dot), "name"), \.string),
          kind: Versions(cell(.item(item.dot), "kind")) {
            $0.string.flatMap(LocationKind.init(rawValue:))
          },
          archived: Versions(cell(.item(item.dot), "archived")) { $0["because"]?.string }
        )
      }
    )
  }

  /// Who is one human with whom.
  package var joins: Joins {
    Joins(entries(of: .visit, "joined").map { (slot: $0.slot, cell: $0.cell) })
  }

  /// Everybody whom a member, interest or assignment cell names.
  var members: [TeamMember] {
    let visit = entries(of: .visit)
    func cell(_ field: String, _ slot: String) -> Cell {
      visit.first { $0.field == field && $0.slot == slot && $0.location == nil }?.cell ?? Cell()
    }
    let members = visit.filter { $0.field == "member" && $0.location == nil }
      .compactMap { entry in
        PersonID(text: entry.slot).map { person in
          TeamMember(
            person: person,
            entries: Versions(entry.cell, TeamMember.Entry.init),
            interest: Versions(cell("interest", entry.slot)) { $0["declares"]?.string },
            assigned: Versions(cell("assigned", entry.slot)) { value in
              value["standards"]?.list.map { $0.compactMap(\.string) }
            }
          )
        }
      }
    return members.sorted { ($0.rank, $0.person) < ($1.rank, $1.person) }
  }

  /// One comment; `nil` if it is about nothing.
  func comment(_ item: Item) -> CommentView? {
    guard let within = item.within, let made = made(item) else { return nil }
    return CommentView(
      dot: item.dot,
      author: item.author,
      clock: made.clock,
      about: within,
      replyTo: item.replyTo,
      text: Versions(cell(.item(item.dot), "text"), \.string),
      audience: audience(of: item),
      withdrawn: Versions(cell(.item(item.dot), "withdrawn")) { $0["because"]?.string ?? "" }
    )
  }

  /// One evidence item.
  func evidence(
    _ item: Item,
    hasSeen: (_ later: Dot, _ earlier: Dot) -> Bool
  ) -> EvidenceView {
    let record = RecordID.item(item.dot)
    let archived = Versions(cell(record, "archived")) { $0["because"]?.string }
    // What was written since, or at the same time as, the item was put away.
    let unseen = entries(of: record).filter { !["archived", CellKey.existence].contains($0.field) }
      .flatMap(\.cell.siblings)
      .filter { edit in
        edit.dot != item.dot && archived.all.contains { !hasSeen($0.dot, edit.dot) }
      }
    return EvidenceView(
      dot: item.dot,
      author: item.author,
      clock: made(item)?.clock ?? 0,
      title: Versions(cell(record, "title"), \.string),
      kind: Versions(cell(record, "kind"), \.string),
      reference: Versions(cell(record, "reference"), \.string),
      status: Versions(cell(record, "status")) {
        $0.string.flatMap(EvidenceStatus.init(rawValue:))
      },
      audience: audience(of: item),
      supports: entries(of: record, "supports").map {
        EvidenceView.Support(standard: $0.slot, versions: Versions($0.cell, \.bool))
      },
      archived: archived,
      inUseBy: Set(unseen.map(\.person)).sorted()
    )
  }

  /// Every standard: those of the framework in printed order, then those that only records name.
  func standards(
    framework: Framework?,
    evidence: [EvidenceView],
    comments: [CommentView],
    joins: Joins,
    hasSeen: (_ later: Dot, _ earlier: Dot) -> Bool
  ) -> [StandardView] {
    let known = framework?.standards ?? []
    let knownIDs = Set(known.map(\.id.text))
    var evidenceByStandard: [String: [EvidenceView]] = [:]
    for item in evidence {
      for standard in item.supportedStandards {
        evidenceByStandard[standard, default: []].append(item)
      }
    }
    let commentsByRecord = Dictionary(grouping: comments, by: \.about)
    var strangers = Set(evidenceByStandard.keys)
    let named = records.compactMap { RecordID(text: $0) } + comments.map(\.about)
    strangers.formUnion(
      named.filter { $0.type == "standard" }.compactMap { $0.id.map(String.init) }
    )
    let ids = known.map(\.id.text) + strangers.subtracting(knownIDs).sorted()

    let placesByID = Dictionary(
      ids.map { ($0, places(of: .named("standard:\($0)"), joins: joins, hasSeen: hasSeen)) },
      uniquingKeysWith: { first, _ in first }
    )
    return ids.compactMap { id in
      let standard = StandardID(id).flatMap { framework?.standard(id: $0) }
      guard let places = placesByID[id], let whole = places.first else { return nil }
      return StandardView(
        id: id,
        standard: standard,
        whole: whole,
        locations: Array(places.dropFirst()),
        scope: Versions(cell(.named("standard:\(id)"), "applicable"), ScopeDecision.init),
        linked: linked(to: standard, seenAs: whole.teamView, in: framework) {
          placesByID[$0]?.first?.teamView ?? .notJudged
        },
        evidence: evidenceByStandard[id] ?? [],
        comments: commentsByRecord[.named("standard:\(id)")] ?? []
      )
    }
  }

  private func linked(
    to standard: Standard?,
    seenAs view: TeamView,
    in framework: Framework?,
    teamView: (String) -> TeamView
  ) -> [LinkedStandard] {
    guard let standard, let framework else { return [] }
    return framework.linkedStandards(of: standard.id).map { other in
      let otherView = teamView(other.id.text)
      let outcomes = [view.settledOutcome, otherView.settledOutcome]
      return LinkedStandard(
        id: other.id.text,
        ref: other.ref,
        teamView: otherView,
        isContrary: outcomes.contains(.met) && outcomes.contains(.notMet)
      )
    }
  }

  private func audience(of item: Item) -> Audience {
    let versions = Versions(cell(.item(item.dot), "audience")) {
      $0.string.flatMap(Audience.init(rawValue:))
    }
    return versions.contents.min() ?? .team
  }

  private func made(_ item: Item) -> Sibling? {
    cell(.item(item.dot), CellKey.existence).siblings.first
  }
}

extension TeamMember {
  /// Leads first, then peers, lay assessors, observers and staff; who was removed comes last.
  fileprivate var rank: Int {
    let roles = entries.all.compactMap(\.content.role)
    return roles.compactMap { Role.allCases.firstIndex(of: $0) }.min() ?? Role.allCases.count
  }
}
