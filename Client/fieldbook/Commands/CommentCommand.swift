import ArgumentParser

/// `fieldbook comment`.
struct CommentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "comment",
    abstract: "Comment on a standard, answer a comment, or withdraw one of yours.",
    discussion: """
        fieldbook comment XR-105 "The leaflet was not in the waiting room."
        fieldbook comment XR-105 --reply-to 12.Ab3x "It was on the desk."
        fieldbook comment withdraw 12.Ab3x
      """,
    subcommands: [CommentAddCommand.self, CommentWithdrawCommand.self],
    defaultSubcommand: CommentAddCommand.self
  )
}
