import ArgumentParser
import AssessmentModel

/// `fieldbook comment withdraw`.
struct CommentWithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Withdraw a comment of yours.",
    discussion: "It is marked as withdrawn and stays readable as the context of its answers."
  )

  @OptionGroup var options: VisitOptions

  @Argument(help: "The comment, such as 12.Ab3x.")
  var id: String

  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var because: String?

  func run() throws {
    let visit = try options.open()
    let comments = try visit.read().view.comments
    let comment = try OpenVisit.item(id, "comment", among: comments.map(\.dot))
    try visit.write { editor in [try editor.withdrawComment(comment, because: because)] }
    Terminal.out("Comment \(comment.short) is withdrawn.")
  }
}
