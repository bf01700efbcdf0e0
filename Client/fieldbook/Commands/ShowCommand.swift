import ArgumentParser
import AssessmentModel
import Convergence

/// `fieldbook show`.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show everything about one standard.",
    discussion: """
      Who says what and why, what the team makes of it, linked standards, evidence and comments. The \
      standard's own text is not in here: it belongs to its publishers.
      """
  )

  @OptionGroup var options: VisitOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The standard, such as XR-304; case, spaces and dashes do not matter.")
  var ref: String

  func run() throws {
    let visit = try options.open()
    let view = try visit.read().view
    let me = try visit.device.person()
    let standard = try OpenVisit.standard(ref, in: view)
    if output.json {
      let readers = Readers.of(me, in: view)
      return Terminal.outRaw(JSONText.line(standard.json(in: view, for: readers)))
    }
    Terminal.out(StandardPage(standard, in: view, for: me).text)
  }
}
