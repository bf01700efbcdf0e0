import ArgumentParser
import AssessmentModel

/// `fieldbook resolve`.
struct ResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Settle what the team makes of a standard.",
    discussion: """
      A resolution cites exactly the judgements that you see now, and turns stale by itself as soon \
      as one of them changes or a new one appears. Everybody's own judgement stays. If you judged \
      the standard yourself, it is marked until somebody else verifies it.

      The outcome not-judged takes a resolution back.
      """
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "The standard, such as XR-304.")
  var ref: String

  @Argument(
    help: ArgumentHelp("met, not-met, not-applicable or not-judged.", valueName: "outcome")
  )
  var outcome: Outcome

  @Option(help: ArgumentHelp("Why the team settles on this.", valueName: "text"))
  var because: String

  @Option(
    help: ArgumentHelp(
      """
      Why it is not applicable: pathway-not-provided, modality-not-provided, age-group-not-served, \
      item-not-used, outside-scope or other.
      """,
      valueName: "reason"
    )
  )
  var reason: NotApplicableReason?

  @Option(help: ArgumentHelp("The location it speaks of, by name.", valueName: "name"))
  var location: String?

  func run() throws {
    let visit = try options.open()
    let card = try visit.card(ref)
    let location = try location.map { try OpenVisit.location($0, in: visit.read().view) }
    try visit.write { editor in
      [
        try editor.resolve(
          card.id,
          as: outcome,
          because: because,
          reason: reason,
          at: location
        )
      ]
    }
    let view = try visit.read().view
    let place = view.standard(card.id)?.places.first { $0.location == location }
    Terminal.out("\(card.ref)  \(place?.teamView.words ?? outcome.words)  (\(card.title))")
    guard let place, let mine = place.resolutions.all.last else { return }
    let considered = place.slots.filter { $0.standing != .nothing }.map { view.name(of: $0.person) }
    Terminal.say("Considered: what \(Words.list(considered)) said.")
    if place.isUnverified(mine) {
      Terminal.say("You judged this yourself, so it is marked until somebody else verifies it.")
    }
  }
}
