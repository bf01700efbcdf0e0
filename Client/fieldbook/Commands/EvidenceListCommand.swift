import ArgumentParser
import AssessmentModel
import Convergence

/// `fieldbook evidence list`.
struct EvidenceListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the evidence, archived items last."
  )

  @OptionGroup var options: VisitOptions
  @OptionGroup var output: OutputOptions

  @Option(help: ArgumentHelp("Only what supports one standard.", valueName: "ref"))
  var supports: String?

  func run() throws {
    let visit = try options.open()
    let view = try visit.read().view
    let readers = Readers.of(try visit.device.person(), in: view)
    let standard = try supports.map { try OpenVisit.standard($0, in: view).id }
    let items = view.evidence.filter { item in
      item.audience.admits(readers)
        && (standard.map { item.supportedStandards.contains($0) } ?? true)
    }
    if output.json {
      let document = Value.object(["evidence": .list(items.map { $0.json(in: view) })])
      return Terminal.outRaw(JSONText.line(document))
    }
    guard !items.isEmpty else { return Terminal.out("None.") }
    let ordered = items.filter { !$0.isArchived } + items.filter(\.isArchived)
    Terminal.out(EvidenceTable(ordered, in: view).text)
  }
}
