import AssessmentModel
import Convergence

extension TeamMember {
  /// One member for programs.
  var json: Value {
    .members(
      ("interest", .list(interest.contents.map(Value.string))),
      ("name", .string(name)),
      ("person", .string(person.text)),
      ("removed", .bool(isRemoved)),
      ("role", role.map { .string($0.rawValue) })
    )
  }
}
