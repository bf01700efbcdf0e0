import ArgumentParser

/// `fieldbookd code`.
struct CodeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "code",
    abstract: "Issue enrolment codes.",
    subcommands: [CodeIssueCommand.self]
  )
}
