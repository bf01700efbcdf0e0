import ArgumentParser
import AssessmentModel
import Convergence
import OperationStore

/// `fieldbook explain`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain why a standard stands as it does.",
    discussion: """
      Who judged what, who had seen whose judgement before, by which rule the team's view follows, \
      what a resolution considered and why it is stale, and what was written without effect.
      """
  )

  @OptionGroup var options: VisitOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The standard, such as XR-304.")
  var ref: String

  func run() throws {
    let visit = try options.open()
    let view = try visit.read().view
    let readers = Readers.of(try visit.device.person(), in: view)
    let standard = try OpenVisit.standard(ref, in: view)
    let history = try visit.device.store.history(of: visit.id)
    let page = ExplanationPage(
      standard,
      in: view,
      history: history,
      authority: try visit.device.store.authority(of: visit.id),
      devices: try DeviceNames(history.entries, in: visit.device.store),
      readers: readers
    )
    if output.json { return Terminal.outRaw(JSONText.line(page.value)) }
    Terminal.out(page.text)
  }
}
