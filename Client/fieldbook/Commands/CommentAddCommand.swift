import ArgumentParser
import AssessmentModel
import Convergence

/// `fieldbook comment add`.
struct CommentAddCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Comment on a standard, or on the service."
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "The standard, such as XR-105; or the word service.")
  var ref: String

  @Argument(help: "What you have to say.")
  var text: String

  @Option(help: ArgumentHelp("The comment that this answers, such as 12.Ab3x.", valueName: "id"))
  var replyTo: String?

  @Option(
    help: ArgumentHelp(
      "Who may read it: team, team-and-service, public or not-lay.",
      valueName: "audience"
    )
  )
  var audience = Audience.team

  func run() throws {
    let visit = try options.open()
    let name: String
    let record: RecordID
    if ref.lowercased() == "service" {
      (name, record) = ("The service", .named("service"))
    } else {
      let card = try visit.card(ref)
      (name, record) = (card.ref, .named("standard:\(card.id)"))
    }
    let reply = try replyTo.map { text in
      let view = try visit.read().view
      let about = view.comments(about: record)
      return try OpenVisit.item(text, "comment", among: about.map(\.dot))
    }
    let (dots, _) = try visit.write { editor in
      if let reply { return [try editor.reply(text, to: reply, audience: audience)] }
      return [try editor.comment(text, about: record, audience: audience)]
    }
    Terminal.out("\(name)  comment \(dots.first?.short ?? "") for \(audience.words)")
  }
}
