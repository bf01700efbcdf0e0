import ArgumentParser
import AssessmentModel

/// `fieldbook interest`.
struct InterestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "interest",
    abstract: "Declare what might make you partial, or that nothing does.",
    discussion: """
        fieldbook interest "I worked for this provider until 2023."
        fieldbook interest none
      """
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "The declaration in words, or the word none.")
  var text: String

  func run() throws {
    let visit = try options.open()
    try visit.write { editor in [try editor.declareInterest(text == "none" ? nil : text)] }
    Terminal.out("Declared.")
  }
}
