import AssessmentModel

/// Evidence items, for people.
struct EvidenceTable {
  private let items: [EvidenceView]
  private let view: VisitView

  /// Prepares a table.
  init(_ items: [EvidenceView], in view: VisitView) {
    self.items = items
    self.view = view
  }

  /// The table.
  var text: String {
    var table = Table(indent: 2)
    for item in items {
      let status = item.status.contents.map(\.words).joined(separator: " / ")
      table.add(item.dot.short, status, description(item))
    }
    return table.text
  }

  private func description(_ item: EvidenceView) -> String {
    var words = item.name
    if !item.kind.isEmpty { words += " (\(item.kind.contents.joined(separator: " / ")))" }
    if !item.reference.isEmpty { words += ", \(item.reference.contents.joined(separator: " / "))" }
    let refs = item.supportedStandards.map { view.standard(id: $0)?.ref ?? $0 }
    if !refs.isEmpty { words += "; supports \(refs.joined(separator: ", "))" }
    words += "; added by \(view.name(of: item.author))"
    if item.status.isSplit {
      let versions = item.status.all.map { "\(view.name(of: $0.author)): \($0.content.words)" }
      words += "; statuses differ (\(versions.joined(separator: ", "))): set one"
    }
    if item.isArchived {
      let by = Words.list(item.archived.all.map { view.name(of: $0.author) })
      words += "; archived by \(by): \(item.archived.contents.joined(separator: " / "))"
      if !item.inUseBy.isEmpty {
        words += "; in use by \(Words.list(item.inUseBy.map(view.name(of:))))"
      }
    }
    return words
  }
}
