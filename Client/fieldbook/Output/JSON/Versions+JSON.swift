import AssessmentModel
import Convergence

extension Versions {
  /// Every version with who wrote it: a *versioned field* of JSONOutput.md.
  func json(in view: VisitView, _ content: (Content) -> Value) -> Value {
    .list(
      all.map { written in
        .members(
          ("clock", .int(written.clock)),
          ("dot", .string("\(written.dot)")),
          ("name", .string(view.name(of: written.author))),
          ("person", .string(written.author.text)),
          ("value", content(written.content))
        )
      }
    )
  }
}
