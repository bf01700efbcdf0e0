import AssessmentModel
import Convergence

extension PlaceView {
  /// What is said of a standard, as a whole or at a location, for programs.
  func json(in view: VisitView) -> Value {
    .members(
      (
        "awareness",
        .list(
          awareness.map {
            .object(["hadSeen": .string($0.hadSeen.text), "person": .string($0.person.text)])
          }
        )
      ),
      ("disputeKind", teamView.disputeKind.map { .string($0.rawValue) }),
      ("judgements", .list(slots.map { $0.json(in: view) })),
      ("location", location.map { .string("\($0)") }),
      ("locationName", location.flatMap(view.location).map { .string($0.title) }),
      ("outcome", teamView.settledOutcome.map { .string($0.rawValue) }),
      ("resolutions", .list(resolutions.all.map { json($0, in: view) })),
      ("teamView", .string(teamView.name)),
      ("words", .string(teamView.words))
    )
  }

  private func json(_ resolution: Written<Resolution>, in view: VisitView) -> Value {
    .members(
      ("because", .string(resolution.content.because)),
      ("cites", .list(resolution.cites.map { .string("\($0)") })),
      ("clock", .int(resolution.clock)),
      ("dot", .string("\(resolution.dot)")),
      ("edition", .string(resolution.content.edition)),
      ("name", .string(view.name(of: resolution.author))),
      (
        "notCovered",
        .list(judgements(notCoveredBy: resolution).map { .string("\($0.dot)") })
      ),
      ("outcome", .string(resolution.content.outcome.rawValue)),
      ("person", .string(resolution.author.text)),
      ("reason", (resolution.content.reason?.rawValue).map(Value.string)),
      ("unverified", .bool(isUnverified(resolution)))
    )
  }
}
