import ArgumentParser
import AssessmentModel
import Convergence

/// `fieldbook choose`.
struct ChooseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "choose",
    abstract: "Choose between versions that you wrote on several devices at once.",
    discussion: """
      `fieldbook show REF` numbers them. Until you choose, your view of that standard counts on \
      neither side. A team's dispute is settled with `resolve`, not with this.
      """
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "The standard, such as XR-304.")
  var ref: String

  @Argument(help: ArgumentHelp("The number of the version that is to stand.", valueName: "n"))
  var number: Int

  @Option(help: ArgumentHelp("The location it speaks of, by name.", valueName: "name"))
  var location: String?

  func run() throws {
    let visit = try options.open()
    let card = try visit.card(ref)
    let location = try location.map { try OpenVisit.location($0, in: visit.read().view) }
    var chosen: Judgement?
    try visit.write { editor in
      let choices = editor.choices(card.id, at: location)
      guard !choices.isEmpty else {
        throw CommandFailure.refused(
          "You have no two versions of your own of \(card.ref), so there is nothing to choose."
        )
      }
      guard choices.indices.contains(number - 1) else {
        throw CommandFailure.refused(
          "There is no version \(number). \(card.ref) has versions 1 to \(choices.count)."
        )
      }
      chosen = choices[number - 1].content
      return try editor.choosing(choices[number - 1].dot, for: card.id, at: location)
    }
    guard let chosen else { return }
    Terminal.out("\(card.ref)  \(Words.judgement(chosen)), chosen  (\(card.title))")
  }
}
