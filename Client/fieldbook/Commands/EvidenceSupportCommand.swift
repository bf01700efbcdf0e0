import ArgumentParser
import AssessmentModel

/// `fieldbook evidence support`.
struct EvidenceSupportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "support",
    abstract: "Link an item to a standard."
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
    try visit.write { editor in [try editor.support(card.id, with: item)] }
    Terminal.out("\(item.short)  supports \(card.ref)")
  }
}
