import ArgumentParser
import AssessmentModel

/// `fieldbook evidence archive`.
struct EvidenceArchiveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "Put an item away.",
    discussion: "It stays readable; if somebody else was using it, that is shown beside it."
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "The item, such as 3.Ab3x.")
  var id: String

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var because: String

  func run() throws {
    let visit = try options.open()
    let item = try visit.evidence(id)
    try visit.write { editor in [try editor.archive(item, because: because)] }
    Terminal.out("\(item.short)  archived")
  }
}
