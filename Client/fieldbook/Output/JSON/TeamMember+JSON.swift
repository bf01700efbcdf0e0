import AssessmentModel
import Convergence

extension TeamMember {
  /// One member for programs.
  func json(in view: VisitView) -> Value {
    let shown = view.shown(person)
    return .members(
      ("interest", .list(interest.contents.map(Value.string))),
      ("joinedWith", shown == person ? nil : .string(shown.text)),
      ("name", .string(name)),
      ("person", .string(person.text)),
      ("removed", .bool(isRemoved)),
      ("role", role.map { .string($0.rawValue) })
    )
  }
}
