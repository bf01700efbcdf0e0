import ArgumentParser
import AssessmentModel

/// `fieldbook withdraw`.
struct WithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Take your own judgement of a standard back.",
    discussion: """
      It stays in the history, and what others wrote about the standard stays as it is.
      """
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "The standard, such as XR-304.")
  var ref: String

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var because: String?

  @Option(help: ArgumentHelp("The location it speaks of, by name.", valueName: "name"))
  var location: String?

  func run() throws {
    let visit = try options.open()
    let card = try visit.card(ref)
    let location = try location.map { try OpenVisit.location($0, in: visit.read().view) }
    try visit.write { editor in
      [try editor.withdraw(card.id, because: because, at: location)]
    }
    Terminal.out("\(card.ref)  your judgement is withdrawn  (\(card.title))")
  }
}
