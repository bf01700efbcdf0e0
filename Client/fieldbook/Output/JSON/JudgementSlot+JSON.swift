import AssessmentModel
import Convergence

extension JudgementSlot {
  /// What one person says, for programs.
  func json(in view: VisitView) -> Value {
    .members(
      ("name", .string(view.name(of: person))),
      ("person", .string(person.text)),
      ("standing", .string(standingName)),
      ("versions", .list(versions.all.map(Self.json)))
    )
  }

  /// The name that programs read: `nothing`, `part`, `self-conflict` or `counts`.
  var standingName: String {
    switch standing {
    case .nothing: "nothing"
    case .part: "part"
    case .selfConflict: "self-conflict"
    case .counts: "counts"
    }
  }

  private static func json(_ written: Written<Judgement>) -> Value {
    .members(
      ("because", written.content.because.map(Value.string)),
      ("cites", .list(written.cites.map { .string("\($0)") })),
      ("clock", .int(written.clock)),
      ("dot", .string("\(written.dot)")),
      ("edition", .string(written.content.edition)),
      ("outcome", .string(written.content.outcome.rawValue)),
      ("part", written.content.part.map(Value.string)),
      ("reason", (written.content.reason?.rawValue).map(Value.string))
    )
  }
}
