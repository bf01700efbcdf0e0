import AssessmentModel
import Convergence

extension EvidenceView {
  /// One item for programs.
  func json(in view: VisitView) -> Value {
    .members(
      ("archived", archived.json(in: view, Value.string)),
      ("audience", .string(audience.rawValue)),
      ("clock", .int(clock)),
      ("dot", .string("\(dot)")),
      ("inUseBy", .list(inUseBy.map { .string($0.text) })),
      ("kind", kind.json(in: view, Value.string)),
      ("name", .string(view.name(of: author))),
      ("person", .string(author.text)),
      ("reference", reference.json(in: view, Value.string)),
      ("status", status.json(in: view) { .string($0.rawValue) }),
      (
        "supports",
        .list(
          supportedStandards.map { .string(view.standard(id: $0)?.ref ?? $0) }
        )
      ),
      ("title", title.json(in: view, Value.string))
    )
  }
}
