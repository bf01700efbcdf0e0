import AssessmentModel
import Convergence

extension CommentView {
  /// One comment for programs.
  func json(in view: VisitView) -> Value {
    .members(
      ("about", .string("\(about)")),
      ("audience", .string(audience.rawValue)),
      ("clock", .int(clock)),
      ("dot", .string("\(dot)")),
      ("isWithdrawn", .bool(isWithdrawn)),
      ("name", .string(view.name(of: author))),
      ("person", .string(author.text)),
      ("replyTo", replyTo.map { .string("\($0)") }),
      ("text", text.json(in: view, Value.string)),
      ("withdrawn", withdrawn.json(in: view, Value.string))
    )
  }
}
