import ArgumentParser
import AssessmentModel

/// `fieldbook location add`.
struct LocationAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a place, so that standards can be judged there."
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "Its name.")
  var name: String

  @Option(
    help: ArgumentHelp(
      """
      main, satellite, community-diagnostic-centre, mobile, teleradiology or outsourced.
      """,
      valueName: "kind"
    )
  )
  var kind: LocationKind?

  func run() throws {
    let visit = try options.open()
    let (dots, _) = try visit.write { editor in [try editor.addLocation(name, kind: kind)] }
    Terminal.out("\(dots.first?.short ?? "")  \(Printable.line(name))")
  }
}
