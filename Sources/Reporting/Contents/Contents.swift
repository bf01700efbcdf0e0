import AssessmentModel
import Convergence

/// What a report says, before it is written in any form.
struct Contents: Sendable {
  let visit: VisitView
  let audience: Audience

  /// The evidence for these readers.
  let evidence: [EvidenceView]

  /// The comments for these readers.
  let comments: [CommentView]

  init(_ visit: VisitView, audience: Audience) {
    self.visit = visit
    self.audience = audience
    evidence = visit.evidence.filter { $0.audience.admits(audience) }
    comments = visit.comments.filter { $0.audience.admits(audience) }
  }

  /// The whole document.
  var blocks: [Block] {
    var blocks: [Block] = []
    blocks += head
    blocks += team
    blocks += progress
    blocks += attention
    blocks += standards
    blocks += selfConflicts
    blocks += notApplicable
    blocks += evidenceBlocks
    blocks += commentBlocks
    return blocks
  }

  var title: String {
    visit.title.isEmpty ? "Visit" : visit.title.contents.joined(separator: " / ")
  }

  /// What a judged thing is called here, in plural.
  var units: String { visit.framework?.judgedUnit == .clause ? "clauses" : "standards" }

  // MARK: Words for things

  func name(_ person: PersonID) -> String { visit.name(of: person) }

  func names(_ people: [PersonID]) -> String { people.map(name).joined(separator: ", ") }

  func place(_ location: Dot?) -> String {
    guard let location else { return "whole" }
    return visit.location(location)?.title ?? "#\(location)"
  }

  /// Versions that stand side by side, each with its author.
  func words<Content>(
    _ versions: Versions<Content>,
    _ words: (Content) -> String
  ) -> String {
    guard versions.isSplit else { return versions.only.map(words) ?? "" }
    return versions.all.map { "\(words($0.content)) (\(name($0.author)))" }
      .joined(separator: " / ")
  }

  func ref(ofStandard id: String) -> String { visit.standard(id: id)?.ref ?? id }

  /// What a record is called.
  func words(_ record: RecordID) -> String {
    switch record {
    case .named:
      guard record.type == "standard", let id = record.id else { return "\(record)" }
      return ref(ofStandard: String(id))
    case .item(let dot):
      if let item = evidence.first(where: { $0.dot == dot }) { return "evidence: \(item.name)" }
      if let location = visit.location(dot) { return "location: \(location.title)" }
      if comments.contains(where: { $0.dot == dot }) { return "comment #\(dot)" }
      return "#\(dot)"
    }
  }
}
