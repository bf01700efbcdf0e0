import ArgumentParser
import AssessmentModel

/// `fieldbook applicable`.
struct ApplicableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "applicable",
    abstract: "Decide for the team whether a standard concerns the service.",
    discussion: """
      A scope decision takes a standard out of the counts; judgements of it are kept and shown. Not \
      provided is never recorded as not met.
      """
  )

  /// Whether it applies.
  enum Answer: String, CaseIterable, ExpressibleByArgument {
    case yes
    case no
  }

  @OptionGroup var options: VisitOptions

  @Argument(help: "The standard, such as CT-903.")
  var ref: String

  @Argument(help: ArgumentHelp("yes or no.", valueName: "yes|no"))
  var answer: Answer

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var because: String

  @Option(
    help: ArgumentHelp(
      """
      Why it does not apply: pathway-not-provided, modality-not-provided, age-group-not-served, \
      item-not-used, outside-scope or other.
      """,
      valueName: "reason"
    )
  )
  var reason: NotApplicableReason?

  @Flag(help: "The decision speaks of a part of the standard; the rest still has to be judged.")
  var part = false

  func run() throws {
    let visit = try options.open()
    let card = try visit.card(ref)
    try visit.write { editor in
      [
        try editor.decideScope(
          card.id,
          applies: answer == .yes,
          extent: part ? .part : .whole,
          reason: reason,
          because: because
        )
      ]
    }
    let words = answer == .yes ? "applies" : "does not apply"
    Terminal.out("\(card.ref)  \(words)\(part ? " in part" : "")  (\(card.title))")
  }
}
