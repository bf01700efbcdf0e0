import ArgumentParser
import AssessmentModel
import Convergence
import OperationStore

/// `fieldbook status`.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show how far the team has come, and what wants a person.",
    discussion: """
      Progress says nothing of whether the service meets the standard: a fresh visit is 0 judged.

      --json prints the state of the visit alone, so that it is the same, byte for byte, on every \
      device that holds the same work; what is private to a device is in `fieldbook doctor --json`.
      """
  )

  @OptionGroup var options: VisitOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let visit = try options.open()
    let reading = try visit.read()
    if output.json {
      return Terminal.outRaw(JSONText.line(StatusPage(reading, id: visit.id).value))
    }
    Terminal.out(StatusPage(reading, id: visit.id).text)
    Terminal.out(try DeviceLine(visit).text)
    Terminal.out(try IntakePage(visit.id, view: reading.view, store: visit.device.store).text)
  }
}
