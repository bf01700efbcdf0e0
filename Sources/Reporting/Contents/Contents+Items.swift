import AssessmentModel
import Convergence

extension Contents {
  /// Every evidence item for these readers.
  var evidenceBlocks: [Block] {
    if evidence.isEmpty { return [] }
    let rows = evidence.map { item in
      [
        item.name, words(item.kind) { $0 }, words(item.reference) { $0 },
        words(item.status) { $0.words },
        item.supportedStandards.map(ref(ofStandard:)).joined(separator: ", "), name(item.author),
        item.audience.words, ClockLabel.iso(item.clock), archived(item), "#\(item.dot)",
      ]
    }
    return [
      .heading(2, "Evidence"),
      .table(
        Block.Table(
          "Evidence items",
          columns: [
            "Title", "Kind", "Reference", "Status", "Supports", "Added by", "Audience",
            "Device clock (UTC)", "Archived", "Operation",
          ],
          rows: rows
        )
      ),
    ]
  }

  /// Every comment for these readers.
  var commentBlocks: [Block] {
    if comments.isEmpty { return [] }
    let rows = comments.map { comment in
      [
        words(comment.about), name(comment.author), words(comment),
        comment.replyTo.map { "answers #\($0)" } ?? "", comment.audience.words,
        ClockLabel.iso(comment.clock), "#\(comment.dot)",
      ]
    }
    return [
      .heading(2, "Comments"),
      .table(
        Block.Table(
          "Comments",
          columns: [
            "About", "By", "Comment", "Thread", "Audience", "Device clock (UTC)", "Operation",
          ],
          rows: rows
        )
      ),
    ]
  }

  /// The words of a comment.
  ///
  /// Those of a withdrawn one are for the team only.
  func words(_ comment: CommentView) -> String {
    let text = words(comment.text) { $0 }
    guard comment.isWithdrawn else { return text }
    let because = comment.withdrawn.contents.filter { !$0.isEmpty }.joined(separator: " / ")
    let mark = because.isEmpty ? "[withdrawn]" : "[withdrawn: \(because)]"
    return audience <= .team ? "\(mark) \(text)" : "[withdrawn]"
  }

  func archived(_ item: EvidenceView) -> String {
    guard item.isArchived else { return "" }
    let by = names(Set(item.archived.all.map(\.author)).sorted())
    let because = item.archived.contents.joined(separator: " / ")
    let inUse = item.inUseBy.isEmpty ? "" : "; in use by \(names(item.inUseBy))"
    return "archived by \(by): \(because)\(inUse)"
  }
}
