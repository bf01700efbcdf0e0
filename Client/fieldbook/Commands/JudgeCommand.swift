import ArgumentParser
import AssessmentModel

/// `fieldbook judge`.
struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Say what you make of a standard.",
    discussion: """
      Writes your own judgement, never anybody else's. Another reviewer's stays beside it, and where \
      you differ the standard shows as disputed until a person resolves it.

        fieldbook judge XR-304 met --because "Seen the rota and spoke to two radiographers."
        fieldbook judge CT-903 not-applicable --reason pathway-not-provided
        fieldbook judge XR-103 not-met --location "Mobile unit"

      A standard is judged on its quality statement and outcome measure; suggestions are examples.
      """
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "The standard, such as XR-304; case, spaces and dashes do not matter.")
  var ref: String

  @Argument(
    help: ArgumentHelp("met, not-met or not-applicable.", valueName: "outcome"),
    completion: .list(["met", "not-met", "not-applicable"])
  )
  var outcome: Outcome

  @Option(help: ArgumentHelp("Your rationale.", valueName: "text"))
  var because: String?

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

  @Option(help: ArgumentHelp("What of the standard this covers, if not all.", valueName: "text"))
  var part: String?

  @Option(help: ArgumentHelp("The location it speaks of, by name.", valueName: "name"))
  var location: String?

  func validate() throws {
    guard outcome == .notJudged else { return }
    throw ValidationError("To take your judgement back: fieldbook withdraw REF.")
  }

  func run() throws {
    let visit = try options.open()
    let card = try visit.card(ref)
    let location = try location.map { try OpenVisit.location($0, in: visit.read().view) }
    let (_, before) = try visit.write { editor in
      [
        try editor.judge(
          card.id,
          outcome,
          because: because,
          reason: reason,
          part: part,
          at: location
        )
      ]
    }
    let judgement = Judgement(outcome: outcome, edition: "", reason: reason, part: part)
    Terminal.out("\(card.ref)  \(Words.judgement(judgement))  (\(card.title))")
    Beside(card, cells: before).say(judged: outcome)
  }
}
