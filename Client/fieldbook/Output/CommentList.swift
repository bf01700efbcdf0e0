import AssessmentModel
import Convergence

/// Comments with their answers, for people.
struct CommentList {
  private let comments: [CommentView]
  private let view: VisitView

  /// Prepares a list.
  init(_ comments: [CommentView], in view: VisitView) {
    self.comments = comments
    self.view = view
  }

  /// The comments, answers below what they answer.
  var text: String {
    let known = Set(comments.map(\.dot))
    let roots = comments.filter { comment in !known.contains { $0 == comment.replyTo } }
    return roots.flatMap { lines(of: $0, depth: 0) }.joined(separator: "\n")
  }

  private func lines(of comment: CommentView, depth: Int) -> [String] {
    let indent = 2 + 2 * min(depth, 8)
    let name = view.name(of: comment.author)
    var head = "\(comment.dot.short)  \(name), \(Words.time(comment.clock))"
    if comment.audience != .team { head += ", for \(comment.audience.words)" }
    var lines = [Wrap.indented(head, by: indent)]
    if comment.isWithdrawn {
      let why = comment.withdrawn.contents.filter { !$0.isEmpty }.joined(separator: " / ")
      let words = why.isEmpty ? "(withdrawn)" : "(withdrawn: \(why))"
      lines.append(Wrap.indented(words, by: indent + 2))
    }
    for text in comment.text.contents { lines.append(Wrap.indented(text, by: indent + 2)) }
    let answers = comments.filter { $0.replyTo == comment.dot }
    return lines + answers.flatMap { self.lines(of: $0, depth: depth + 1) }
  }
}
