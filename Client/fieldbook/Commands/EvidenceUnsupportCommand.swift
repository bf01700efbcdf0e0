import ArgumentParser
import AssessmentModel

/// `fieldbook evidence unsupport`.
struct EvidenceUnsupportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unsupport",
    abstract: "Take the link from an item to a standard back; its other links stay."
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "The item, such as 3.Ab3x.")
  var id: String

  @Argument(help: "The standard, such as XR-802.")
  var ref: String

  func run() throws {
    let visit = try options.open()
    let item = try visit.evidence(id)
    let card = try visit.card(ref)
    try visit.write { editor in [try editor.unsupport(card.id, with: item)] }
    Terminal.out("\(item.short)  no longer supports \(card.ref)")
  }
}
