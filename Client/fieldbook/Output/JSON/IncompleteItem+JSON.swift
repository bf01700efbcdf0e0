import AssessmentModel
import Convergence

extension IncompleteItem {
  /// One entry for programs.
  func json(in view: VisitView) -> Value {
    let ref = record.id.flatMap { view.standard(id: String($0)) }?.ref
    return .members(
      ("field", field.map(Value.string)),
      ("kind", .string(kind.rawValue)),
      ("location", location.map { .string("\($0)") }),
      ("people", .list(people.map { .string($0.text) })),
      ("record", .string("\(record)")),
      ("ref", ref.map(Value.string))
    )
  }
}
