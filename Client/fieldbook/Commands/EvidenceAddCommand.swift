import ArgumentParser
import AssessmentModel

/// `fieldbook evidence add`.
struct EvidenceAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add an evidence item."
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "What it is.")
  var title: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The standards that it supports, such as XR-802 XR-803.", valueName: "ref")
  )
  var supports: [String] = []

  @Option(help: ArgumentHelp("What kind of thing, in your words.", valueName: "text"))
  var kind: String?

  @Option(help: ArgumentHelp("Where to find it: number, version, place.", valueName: "text"))
  var reference: String?

  @Option(
    help: ArgumentHelp(
      "expected, requested, offered, seen, seen-elsewhere, not-available or withdrawn.",
      valueName: "status"
    )
  )
  var status = EvidenceStatus.seen

  @Option(
    help: ArgumentHelp(
      "Who may read it: team, team-and-service, public or not-lay.",
      valueName: "audience"
    )
  )
  var audience = Audience.team

  func run() throws {
    let visit = try options.open()
    let cards = try supports.map(visit.card)
    let (dots, _) = try visit.write { editor in
      [
        try editor.addEvidence(
          title,
          kind: kind,
          reference: reference,
          status: status,
          audience: audience,
          supports: cards.map(\.id)
        )
      ]
    }
    let refs = cards.map(\.ref).joined(separator: ", ")
    Terminal.out(
      "\(dots.first?.short ?? "")  \(status.words)\(refs.isEmpty ? "" : "; supports \(refs)")"
    )
  }
}
