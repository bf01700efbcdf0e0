import ArgumentParser
import AssessmentModel
import Convergence

/// `fieldbook disputes`.
struct DisputesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disputes",
    abstract: "List what a person has to settle, with every side's words.",
    discussion: """
      Disputed: reviewers differ. Stale: a judgement changed after it was resolved. Contested: two \
      resolutions stand side by side. Self-conflict: one person's own versions differ, which is no \
      dispute.
      """
  )

  @OptionGroup var options: VisitOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let visit = try options.open()
    let view = try visit.read().view
    let me = try visit.device.person()
    if output.json {
      let list = view.open.flatMap { standard in
        standard.places.filter(\.teamView.isOpen).map { place in
          place.json(in: view).adding([
            ("id", .string(standard.id)), ("ref", .string(standard.ref)),
            ("title", .string(standard.title)),
          ])
        }
      }
      return Terminal.outRaw(JSONText.line(.object(["open": .list(list)])))
    }
    guard !view.open.isEmpty else {
      return Terminal.out("Nothing has to be settled.")
    }
    Terminal.out(
      view.open.map { DisputePage($0, in: view, for: me).text }.joined(separator: "\n\n")
    )
  }
}
