import ArgumentParser
import AssessmentModel

/// `fieldbook evidence status`.
struct EvidenceStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Say how far you have come with an item."
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "The item, such as 3.Ab3x.")
  var id: String

  @Argument(help: "expected, requested, offered, seen, seen-elsewhere, not-available or withdrawn.")
  var status: EvidenceStatus

  func run() throws {
    let visit = try options.open()
    let item = try visit.evidence(id)
    try visit.write { editor in [try editor.setStatus(status, of: item)] }
    Terminal.out("\(item.short)  \(status.words)")
  }
}
