import AssessmentModel
import Convergence

extension StandardView {
  /// One line for programs: what the team makes of it.
  var summary: Value {
    .members(
      ("comments", .int(Int64(comments.count))),
      ("evidence", .int(Int64(evidence.count))),
      ("id", .string(id)),
      ("isNotApplicable", .bool(isNotApplicable)),
      ("outcome", teamView.settledOutcome.map { .string($0.rawValue) }),
      ("ref", .string(ref)),
      ("teamView", .string(teamView.name))
    )
  }

  /// Everything for programs, without the comments and evidence that are not for these readers.
  func json(in view: VisitView, for readers: Audience) -> Value {
    let comments = comments.filter { $0.audience.admits(readers) }
    let evidence = evidence.filter { $0.audience.admits(readers) }
    return .members(
      ("comments", .list(comments.map { $0.json(in: view) })),
      ("evidence", .list(evidence.map { $0.json(in: view) })),
      ("id", .string(id)),
      ("isJudgedButOutOfScope", .bool(isJudgedButOutOfScope)),
      ("isNotApplicable", .bool(isNotApplicable)),
      ("isOutOfScope", .bool(isOutOfScope)),
      (
        "linked",
        .list(
          linked.map { other in
            .object([
              "id": .string(other.id), "isContrary": .bool(other.isContrary),
              "ref": .string(other.ref), "teamView": .string(other.teamView.name),
            ])
          }
        )
      ),
      ("places", .list(places.map { $0.json(in: view) })),
      ("ref", .string(ref)),
      ("scope", scope.json(in: view, \.value)),
      ("section", (standard?.section.text).map(Value.string)),
      ("teamView", .string(teamView.name)),
      ("title", .string(title))
    )
  }
}
